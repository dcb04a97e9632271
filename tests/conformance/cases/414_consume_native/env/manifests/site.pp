application a { p { 'x': export => Sql['s'] } notify { 'y': consume => Sql['s'] } file { '/tmp/x': ensure => file, require => Sql['s'] } }
site { a { 'i': nodes => { Node['n1'] => P['x'], Node['n2'] => [Notify['y'], File['/tmp/x']] } } }
