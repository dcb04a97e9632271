define store($host) { }
Store produces Sql { }
define front($database_name) { }
Front consumes Sql { database_name => $name }
application data { store { 's': host => 'hh', export => Sql['mm'] } front { 'f': consume => Sql['mm'] } }
site { data { 'd': nodes => { Node['n1'] => Store['s'], Node['n2'] => Front['f'] } } }
