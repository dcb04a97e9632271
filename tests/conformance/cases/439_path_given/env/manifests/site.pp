application a { file { 'x': path => '/tmp/y', consume => Sql['s'] } p { 'x': export => Sql['s'] } notify { 'n': consume => Sql['s'], require => File['/tmp/y'] } }
site { a { 'i': nodes => { Node['n1'] => [P['x'], File['x'], Notify['n']] } } }
