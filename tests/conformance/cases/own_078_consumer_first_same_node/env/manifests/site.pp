define store($host) { }
Store produces Sql { }
define front($host) { notify { "front ${host}": } }
Front consumes Sql { }
application data { front { 'f': consume => Sql['m'] } store { 's': host => 1, export => Sql['m'] } }
site { data { 'd': nodes => { Node['n1'] => [Front['f'], Store['s']] } } }
