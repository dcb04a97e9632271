define store($host = 'h', $port = 1) { }
define front($host) { }
Store produces Sql { }
Front consumes Sql { }
application data($x = 1) { store { 's': export => Sql['m'] } front { 'f': host => 1, require => 'Sql[m]' } }
site { data { 'd': nodes => { Node['n1'] => Store['s'], Node['n2'] => Front['f'] } } }
