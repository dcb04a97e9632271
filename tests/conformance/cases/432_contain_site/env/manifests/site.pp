class k { notify { 'k': } }
application a { p { 'x': export => Sql['s'] } }
site { contain k a { 'i': nodes => { Node['n1'] => P['x'] } } }
