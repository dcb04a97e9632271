define p($host = 'ph', $port = 'abc') { }
P produces Sql { }
define c($n = 'dflt', $m = 'q') { }
C consumes Sql { n => $nope, m => $database }
application a { p { 'x': export => Sql['s'] } c { 'y': consume => Sql['s'] } }
site { a { 'i': nodes => { Node['n1'] => P['x'], Node['n2'] => C['y'] } } }
