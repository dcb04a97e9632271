define store($host, $port) { }
define front($host = 'dh', $port = 'dp') { notify { "${host} ${port}": } }
Store produces Sql { }
Front consumes Sql { }
application data { store { 's': host => false, port => 0, export => Sql['m'] } front { 'f': consume => Sql['m'] } front { 'g': consume => Sql['m'] } }
site { data { 'd': nodes => { Node['n1'] => [Store['s'], Front['g']], Node['n2'] => Front['f'] } } }
