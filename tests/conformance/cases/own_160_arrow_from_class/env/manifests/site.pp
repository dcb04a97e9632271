application a() { p { 'x': export => Sql['s'] } Class -> P['x'] }
define p() { }
site { a { 'i': nodes => { Node['n1'] => P['x'] } } }
