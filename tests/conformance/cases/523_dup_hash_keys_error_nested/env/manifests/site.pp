define store($host) { }
Store produces Sql { }
application data { store { 's': host => { 1 => [ { b => 1, c => 2, b => 3 } ] }, export => Sql['m'] } }
site { data { 'd': nodes => { Node['n1'] => Store['s'] } } }
