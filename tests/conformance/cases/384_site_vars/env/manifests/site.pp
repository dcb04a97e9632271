define store($host = 'h', $port = 1) { }
define front($host) { }
Store produces Sql { }
Front consumes Sql { }
application data { store { 's': host => $v, export => Sql['m'] } }
site { $v = 'site' data { 'd': nodes => { Node['n1'] => Store['s'] } } }
