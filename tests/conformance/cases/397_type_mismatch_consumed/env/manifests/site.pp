define store($port = 'txt') { }
define front(Integer $port) { }
Store produces Sql { }
Front consumes Sql { }
application data { store { 's': export => Sql['m'] } front { 'f': consume => Sql['m'] } }
site { data { 'd': nodes => { Node['n1'] => Store['s'], Node['n2'] => Front['f'] } } }
