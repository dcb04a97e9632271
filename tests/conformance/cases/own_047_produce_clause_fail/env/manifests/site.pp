define store($host) { }
Store produces Sql { host => fail('no'), port => 1 }
application data { store { 's': host => 'h', export => Sql['m'] } front { 'f': consume => Sql['m'] } }
define front($host) { notify { "front ${host}": } }
Front consumes Sql { }
site { data { 'd': nodes => { Node['n1'] => Store['s'], Node['n2'] => Front['f'] } } }
