define store($host) { }
Store produces Sql { }
define front($host = 1) { }
Front consumes Sql { }
application data { store { 's': host => 'h', export => Sql['m'] } front { 'f': consume => [undef, Sql['m']] } }
site { data { 'd': nodes => { Node['n1'] => Store['s'], Node['n2'] => Front['f'] } } }
