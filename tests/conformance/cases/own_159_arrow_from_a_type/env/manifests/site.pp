application a() { p { 'x': export => Sql['s'] } Package -> File }
define p() { }
site { a { 'i': nodes => { Node['n1'] => P['x'] } } }
