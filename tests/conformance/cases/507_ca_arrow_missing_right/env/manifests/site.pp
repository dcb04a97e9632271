define store($host) { }
Store produces Sql { }
define front($host) { notify { "front ${host}": } }
Front consumes Sql { }
application data { Store <| |> -> Front['zz'] store { 's': host => 'h', export => Sql['m'] } front { 'f': consume => Sql['m'] } }
site { data { 'd': nodes => { Node['n1'] => [Store['s'], Front['f']] } } }
