$role = 'assigned'
application a { p { 'x': export => Sql['s'], host => $role } }
site { a { 'i': nodes => { Node['n1'] => P['x'] } } }
