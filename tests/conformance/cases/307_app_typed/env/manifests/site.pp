define store($host = 'h', $port = 1) { }
define front($host) { }
Store produces Sql { }
Front consumes Sql { }
application a(Integer[1,10] $x, Enum['a','b'] $e = 'a', Optional[String] $o = undef) { store { 's': export => Sql['m'] } front { 'f': consume => Sql['m'] } }
site { a { 'i': x => 11, e => 'c', o => 3, nodes => { Node['n1'] => [Store['s'], Front['f']] } } }
