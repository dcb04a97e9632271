application a { file { '/tmp/x/': ensure => directory, consume => Sql['s'] } exec { 'ls': path => '/bin', consume => Sql['s'] } cron { 'c': consume => Sql['s'] } service { 's': consume => Sql['s'] } p { 'x': export => Sql['s'] } }
site { a { 'i': nodes => { Node['n1'] => [P['x'], File['/tmp/x/'], Exec['ls'], Cron['c'], Service['s']] } } }
