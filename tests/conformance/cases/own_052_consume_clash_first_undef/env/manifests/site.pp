define store($host = undef) { }
Store produces Sql { }
define front($host) { notify { "front ${host}": } }
Front consumes Sql { }
application data { store { 'a': export => Sql['a'] } store { 'b': host => 'hb', export => Sql['b'] } front { 'f': consume => [Sql['a'], Sql['b']] } }
site { data { 'd': nodes => { Node['n1'] => Store['a', 'b'], Node['n2'] => Front['f'] } } }
