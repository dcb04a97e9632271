define store($a, $host = "${a}-h", $port = $host) { }
Store produces Sql { }
application data { store { 's': a => 'A', export => Sql['m'] } }
site { data { 'd': nodes => { Node['n1'] => Store['s'] } } }
