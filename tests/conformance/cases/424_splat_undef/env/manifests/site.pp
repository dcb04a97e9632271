application a { p { 'x': export => Sql['s'], * => undef } }
site { a { 'i': nodes => { Node['n1'] => [P['x']] } } }
