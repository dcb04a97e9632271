application a() { p { 'x': h => inline_epp("a<% 1 %>b"), export => Sql['s'] } }
define p($h) { }
site { a { 'i': nodes => { Node['n1'] => P['x'] } } }
