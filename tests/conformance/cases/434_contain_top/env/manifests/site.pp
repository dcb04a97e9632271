class k { notify { 'k': } }
application a { p { 'x': export => Sql['s'] } }
contain k
site { a { 'i': nodes => { Node['n1'] => P['x'] } } }
