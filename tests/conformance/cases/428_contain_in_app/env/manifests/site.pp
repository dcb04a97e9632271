class k { notify { 'k': } }
application a { contain k p { 'x': export => Sql['s'] } }
site { a { 'i': nodes => { Node['n1'] => P['x'] } } }
