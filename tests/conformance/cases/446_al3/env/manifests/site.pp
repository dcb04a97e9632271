application a { file { '/t': consume => Sql['s'] } file { 'x': path => '/t', consume => Sql['s'] } p { 'x': export => Sql['s'] } }
site { a { 'i': nodes => { Node['n1'] => [P['x'], File['/t'], File['x']] } } }
