define store($host) { }
Store produces Sql { }
define front($host) { }
Front consumes Sql { zort => 1, noop => true, tag => 'x' }
application data { store { 's': host => 'hh', export => Sql['m'] } front { 'f': consume => Sql['m'] } }
site { data { 'd': nodes => { Node['n1'] => Store['s'], Node['n2'] => Front['f'] } } }
