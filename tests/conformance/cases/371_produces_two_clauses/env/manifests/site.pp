define store($host = 'h', $port = 1) { }
define front($host) { }
Store produces Sql { }
Front consumes Sql { }
Store produces Sql { host => 'second' }
application data { store { 's': export => Sql['m'] } front { 'f': consume => Sql['m'] } }
site { data { 'd': nodes => { Node['n1'] => Store['s'], Node['n2'] => Front['f'] } } }
