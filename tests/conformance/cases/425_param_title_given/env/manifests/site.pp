application a { p { 'x': export => Sql['s'], title => 'q' } }
site { a { 'i': nodes => { Node['n1'] => P['x'] } } }
