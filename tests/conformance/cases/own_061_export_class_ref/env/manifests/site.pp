class k { }
define store($host) { }
Store produces Sql { }
application data { store { 's': host => 1, export => Class['k'] } }
site { data { 'd': nodes => { Node['n1'] => Store['s'] } } }
