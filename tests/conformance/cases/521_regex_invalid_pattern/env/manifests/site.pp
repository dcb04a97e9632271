define store($host) { }
Store produces Sql { }
application data(Pattern['a('] $x = 'a(') { store { 's': host => $x, export => Sql['m'] } }
site { data { 'd': nodes => { Node['n1'] => Store['s'] } } }
