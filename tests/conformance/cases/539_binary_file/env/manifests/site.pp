define store($host) { }
Store produces Sql { }
application data { $b = binary_file('m/x.bin') store { 's': host => "${b}", export => Sql['m'] } }
site { data { 'd': nodes => { Node['n1'] => Store['s'] } } }
