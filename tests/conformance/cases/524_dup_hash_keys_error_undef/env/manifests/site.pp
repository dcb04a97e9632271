define store($host) { }
Store produces Sql { }
application data { store { 's': host => { undef => 1, undef => 3 , true => 1, true => 3}, export => Sql['m'] } }
site { data { 'd': nodes => { Node['n1'] => Store['s'] } } }
