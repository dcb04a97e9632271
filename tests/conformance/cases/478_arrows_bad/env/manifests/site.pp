application a { p { 'x': export => Sql['s'] } 5 -> P['x'] }
site { a { 'i': nodes => { Node['n1'] => [P['x']] } } }
