define store($host = 'h', $port = 1) { }
define front($host) { }
Store produces Sql { }
Front consumes Sql { }
application app { store { 's': export => Sql['m'] } front { 'f': consume => Sql['m'] } }
site { app { 'x': nodes => { Node['n1'] => Store['s'], Node['n2'] => Front['f'] } } }
