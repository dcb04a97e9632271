define store($host) { }
Store produces Sql { host => 'first' }
Store produces Sql { host => 'second', port => 3 }
application data { store { 's': host => 'h', export => Sql['m'] } }
site { data { 'd': nodes => { Node['n1'] => Store['s'] } } }
