define store($host) { }
Store produces Sql { port => Sql['m'] }
define front($host, Type $port) { }
Front consumes Sql { }
application data { store { 's': host => 'h', export => Sql['m'] } front { 'f': consume => Sql['m'] } }
site { data { 'd': nodes => { Node['n1'] => Store['s'], Node['n2'] => Front['f'] } } }
