application a() { $h = {k => {l => 5}} $s = 'x' p { 'z': a => lookup('a'), b => lookup('b'), export => Sql['s'] } }
define p($a, $b) { }
P produces Sql { }
site { a { 'i': nodes => { Node['n1'] => P['z'] } } }
