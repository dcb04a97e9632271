define store($host) { }
Store produces Sql { }
application data { @store { 's': host => 'h', export => Sql['m'] } Store <| tag == 'blue' |> }
site { data { 'd': tag => 'blue', nodes => { Node['n1'] => Store['s'] } } }
