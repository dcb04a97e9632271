define store($host = 'h', $port = 1) { }
define front($host) { }
Store produces Sql { }
Front consumes Sql { }
application data($x = 1) { store { 's': port => Integer('0x10', 16), host => String(12), export => Sql['m'] } front { 'f': consume => Sql['m'] } }
site { data { 'd': nodes => { Node['n1'] => Store['s'], Node['n2'] => Front['f'] } } }
