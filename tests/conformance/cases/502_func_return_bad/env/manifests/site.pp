function m2($x) >> Integer { "s${x}" }
define p($host = m2(1), $port = 1) { }
P produces Sql { }
application a { p { 'x': export => Sql['s'] } }
site { a { 'i': nodes => { Node['n1'] => P['x'] } } }
