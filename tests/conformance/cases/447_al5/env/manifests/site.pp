application a { exec { 'x': command => '/t', consume => Sql['s'] } exec { '/t': consume => Sql['s'] } p { 'x': export => Sql['s'] } }
site { a { 'i': nodes => { Node['n1'] => [P['x'], Exec['/t'], Exec['x']] } } }
