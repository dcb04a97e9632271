define store($host) { }
Store produces Sql { }
application data { $b = Binary('ab!c') store { 's': host => "${b}", export => Sql['m'] } }
site { data { 'd': nodes => { Node['n1'] => Store['s'] } } }
