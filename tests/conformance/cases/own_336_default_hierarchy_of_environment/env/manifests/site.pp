define p($v) { }
P produces Sql { }
application a() { p { 'p': v => [lookup('m::v')], export => Sql['s'] } }
site { a { 'i': nodes => { Node['n1'] => P['p'] } } }
