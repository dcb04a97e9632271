application a { p { 'x': export => { 'a' => Sql['s'] } } }
site { a { 'i': nodes => { Node['n1'] => P['x'] } } }
