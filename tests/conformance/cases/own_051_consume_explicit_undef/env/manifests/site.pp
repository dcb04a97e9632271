define store($host) { }
Store produces Sql { }
define front($host = 'dflt') { }
Front consumes Sql { }
application data { store { 's': host => 'hh', export => Sql['m'] } front { 'f': host => undef, consume => Sql['m'] } }
site { data { 'd': nodes => { Node['n1'] => Store['s'], Node['n2'] => Front['f'] } } }
