$port = 99
define store($host, $user = 'u') { }
Store produces Sql { port => undef, user => undef }
application data { store { 's': host => 'h', export => Sql['m'] } }
site { data { 'd': nodes => { Node['n1'] => Store['s'] } } }
