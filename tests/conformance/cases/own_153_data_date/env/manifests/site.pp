application a() { p { 'x': h => lookup('a'), export => Sql['s'] } }
define p($h) { }
P produces Sql { host => $h }
site { a { 'i': nodes => { Node['n1'] => P['x'] } } }
