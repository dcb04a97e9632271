application a() { p { 'z': a => lookup('a', {default_value => 'd'}), export => Sql['s'] } }
define p($a) { }
site { a { 'i': nodes => { Node['n1'] => P['z'] } } }
