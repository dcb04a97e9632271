define d($host = lookup('x'), $port = lookup('l', Array, 'unique'), $user = lookup('hh', Hash, 'deep')) { }
D produces Sql { }
application a { d { 'x': export => Sql['s'] } d { 'y': export => Sql['t'] } }
site { a { 'i': nodes => { Node['n1'] => [D['x']], Node['n2'] => D['y'] } } }
