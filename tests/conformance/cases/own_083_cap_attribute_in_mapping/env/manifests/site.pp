define store($host) { }
Store produces Sql { }
define front($host, $extra = undef) { }
Front consumes Sql { host => Sql['m']['host'], extra => Sql['m']['port'] }
application data { store { 's': host => 1, export => Sql['m'] } front { 'f': consume => Sql['m'] } }
site { data { 'd': nodes => { Node['n1'] => Store['s'], Node['n2'] => Front['f'] } } }
