application a { p { 'x': export => Sql['s'], host => $nope } }
site { a { 'i': nodes => { Node['n1'] => P['x'] } } }
