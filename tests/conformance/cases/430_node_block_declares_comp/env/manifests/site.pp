node 'n1' { p { 'extra': export => Sql['e'] } }
node default { c { 'ec': consume => Sql['e'] } }
application a { p { 'x': export => Sql['s'] } c { 'y': consume => Sql['s'] } }
site { a { 'i': nodes => { Node['n1'] => P['x'], Node['n2'] => C['y'] } } }
