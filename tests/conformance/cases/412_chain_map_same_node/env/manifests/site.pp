define p($host = 'ph', $port = 1) { }
P produces Sql { }
define m($host, $port, $url = "m-${host}") { }
M consumes Sql { }
M produces Http { host => "via-${host}", port => $port * 2 }
define c($host, $port, $url) { }
C consumes Http { }
application a { p { 'x': export => Sql['s'] } m { 'x': consume => Sql['s'], export => Http['s'] } c { 'y': consume => Http['s'] } }
site { a { 'i': nodes => { Node['n1'] => [P['x'], C['y'], M['x']] } } }
