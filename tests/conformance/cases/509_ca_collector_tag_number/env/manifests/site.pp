define store($host) { }
Store produces Sql { }
application data { @store { 's': host => 'h', export => Sql['m'] } Store <| tag == 3 |> }
site { data { 'd': nodes => { Node['n1'] => Store['s'] } } }
