define store($host) { }
Store produces Sql { }
application data { @store { 's': host => 'a', export => Sql['m'] } Store <| host == downcase('A') |> }
site { data { 'd': nodes => { Node['n1'] => Store['s'] } } }
