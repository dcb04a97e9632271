define d($host = lookup({ name => 'h', default_value => 1 }), $port = lookup('zz', { default_value => 7 }), $user = lookup(['q', 'h']), $database = hiera('h', 'x')) { }
D produces Sql { }
application a { d { 'x': export => Sql['s'] } }
site { a { 'i': nodes => { Node['n1'] => [D['x']] } } }
