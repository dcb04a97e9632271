define store($host = 'h', $port = 1) { }
define front($host) { }
Store produces Sql { }
Front consumes Sql { }
application data { store { 's': export => Sql['m'] } front { 'f': consume => Sql['m'] } }
site { data { 'd': nodes => { Node['a'] => Store['s'], Node['a'] => Front['f'] } } }
