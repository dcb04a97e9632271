define store($host = 'h', $port = 1) { }
define front($host) { }
Store produces Sql { }
Front consumes Sql { }
application a($title) { store { 's': export => Sql['m'] } front { 'f': consume => Sql['m'] } }
site { a { 'i': nodes => { Node['n1'] => [Store['s'], Front['f']] } } }
