define p($host = false, $port = 0) { }
P produces Sql { host => $host, port => $port, database => [], user => '' }
define c($host = 'd', $port = 'd', $database = 'd', $user = 'd') { }
C consumes Sql { }
application a { p { 'x': export => Sql['s'] } c { 'y': consume => Sql['s'] } }
site { a { 'i': nodes => { Node['n1'] => [P['x'], C['y']] } } }
