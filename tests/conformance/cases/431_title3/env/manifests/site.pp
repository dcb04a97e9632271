application a { p { 'x': export => Sql['s'] } }
site { a { 'i': title => 'g', nodes => { Node['n1'] => P['x'] } } }
