define store($host) { }
Store produces Sql { }
application data { $x = regsubst('a', '(', 'b') store { 's': host => $x, export => Sql['m'] } }
site { data { 'd': nodes => { Node['n1'] => Store['s'] } } }
