application a { p { 'x': export => Sql['s'] } c { 'y': consume => Sql } }
site { a { 'i': nodes => { Node['n1'] => P['x'], Node['n2'] => C['y'] } } }
