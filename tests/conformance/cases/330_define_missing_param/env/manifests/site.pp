define store($host = 'h', $port = 1) { }
define front($host) { }
Store produces Sql { }
Front consumes Sql { }
application data($x = 1) { front { 'f': export => Http['x'] } }
site { data { 'd': nodes => { Node['n1'] => Store['s'], Node['n2'] => Front['f'] } } }
