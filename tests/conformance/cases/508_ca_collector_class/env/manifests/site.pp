define store($host) { }
Store produces Sql { }
application data { Class <| |> store { 's': host => 'h', export => Sql['m'] } }
site { data { 'd': nodes => { Node['n1'] => Store['s'] } } }
