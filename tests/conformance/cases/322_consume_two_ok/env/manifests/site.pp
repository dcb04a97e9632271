define store($host) { }
define web($port) { }
define front($host, $port) { }
Store produces Sql { }
Web produces Http { }
Front consumes Sql { }
Front consumes Http { }
application a { store {'s': host => 'h', export => Sql['s'] } web {'w': port => 3, export => Http['w'] } front { 'f': consume => [Sql['s'], Http['w']] } }
site { a { 'i': nodes => { Node['n1'] => Store['s'], Node['n2'] => Web['w'], Node['n3'] => Front['f'] } } }
