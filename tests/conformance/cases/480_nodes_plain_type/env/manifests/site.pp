application a { p { 'x': export => Sql['s'] } }
site { a { 'i': nodes => { Node['n1'] => P } } }
