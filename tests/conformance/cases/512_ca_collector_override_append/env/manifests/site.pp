define store($host) { }
Store produces Sql { }
application data { store { 's': host => 'h', export => Sql['m'], tag => 'a' } Store <| |> { tag +> 'b' } }
site { data { 'd': nodes => { Node['n1'] => Store['s'] } } }
