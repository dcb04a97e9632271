$port = 99
define store($host, $port = undef) { }
Store produces Sql { }
application data { store { 's': host => 'h', export => Sql['m'] } }
site { data { 'd': nodes => { Node['n1'] => Store['s'] } } }
