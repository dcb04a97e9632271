application a() { p { 'z': a => lookup('a.0', {default_value => 'd'}), b => lookup('h.1', {default_value => 'd'}), export => Sql['s'] } }
define p($a, $b) { }
P produces Sql { }
site { a { 'i': nodes => { Node['n1'] => P['z'] } } }
