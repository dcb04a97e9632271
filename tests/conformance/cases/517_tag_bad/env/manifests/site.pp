define store($host) { }
Store produces Sql { }
application data { tag('a b') store { 's': host => 1, export => Sql['m'] } }
site { data { 'd': nodes => { Node['n1'] => Store['s'] } } }
