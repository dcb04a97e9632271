define store($host) { }
Store produces Sql { }
application data { $b = Binary('YWJj') store { 's': host => ["${b}", $b =~ Binary, type($b)], export => Sql['m'] } }
site { data { 'd': nodes => { Node['n1'] => Store['s'] } } }
