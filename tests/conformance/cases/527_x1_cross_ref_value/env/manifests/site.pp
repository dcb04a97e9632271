define store($host) { }
Store produces Sql { port => Sql['m'], user => [Store['s'], [Sql['z']]], database => { a => Sql['q'] } }
define front($host, $port, $user, $database) { }
Front consumes Sql { }
application data { store { 's': host => 'h', export => Sql['m'] } front { 'f': consume => Sql['m'] } }
site { data { 'd': nodes => { Node['n1'] => Store['s'], Node['n2'] => Front['f'] } } }
