define store($host, $port) { }
Store produces Sql { }
define front(Integer $host, Array $port, $must) { }
Front consumes Sql { }
application data { store { 's': host => 'x', port => 3, export => Sql['m'] } front { 'f': consume => Sql['m'] } }
site { data { 'd': nodes => { Node['n1'] => Store['s'], Node['n2'] => Front['f'] } } }
