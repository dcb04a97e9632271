define store($host) { }
Store produces Sql { }
application data { store { 's': export => Sql['m'] } store { 't': export => Sql['n'] } Store['s', 't'] { host => 3 } }
site { data { 'd': nodes => { Node['n1'] => Store['s', 't'] } } }
