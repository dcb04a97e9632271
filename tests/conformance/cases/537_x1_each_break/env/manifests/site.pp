define store($host) { }
Store produces Sql { }
application data { $r = [1,2,3,4].map |$x| { if $x == 2 { next('two') } if $x == 4 { break() } $x } store { 's': host => $r, export => Sql['m'] } }
site { data { 'd': nodes => { Node['n1'] => Store['s'] } } }
