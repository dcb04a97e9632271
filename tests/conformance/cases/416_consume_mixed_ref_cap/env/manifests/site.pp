application a { p { 'x': export => Sql['s'] } c { 'y': consume => [Sql['s'], P['x']] } }
site { a { 'i': nodes => { Node['n1'] => [P['x'], C['y']] } } }
