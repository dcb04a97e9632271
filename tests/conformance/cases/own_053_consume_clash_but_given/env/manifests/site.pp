define store($host) { }
Store produces Sql { }
define front($host) { notify { "front ${host}": } }
Front consumes Sql { }
application data { store { 'a': host => 'ha', export => Sql['a'] } store { 'b': host => 'hb', export => Sql['b'] } front { 'f': host => 'mine', consume => [Sql['a'], Sql['b']] } }
site { data { 'd': nodes => { Node['n1'] => Store['a', 'b'], Node['n2'] => Front['f'] } } }
