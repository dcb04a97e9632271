define store($host) { }
Store produces Sql { }
application data { store { 's': host => "${true}", export => Sql['m'] } }
site { data { 'd': nodes => { Node['n1'] => Store['s'] } } }
