define d($host = lookup('x'), $port = lookup('y'), $user = lookup('z')) { }
D produces Sql { }
application a { d { 'x': export => Sql['s'] } }
site { a { 'i': nodes => { Node['n1'] => [D['x']] } } }
