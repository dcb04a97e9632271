application a { file { '/tmp/x': alias => 'ali', consume => Sql['s'] } p { 'x': export => Sql['s'] } notify { 'n': consume => Sql['s'], require => File['ali'] } }
site { a { 'i': nodes => { Node['n1'] => [P['x'], File['/tmp/x'], Notify['n']] } } }
