define store($host) { }
define front($host) { }
Store produces Sql { host => false }
Store produces Http { host => 'b' }
Front consumes Sql { }
Front consumes Http { }
application a { store {'s': host => 'h', export => [Sql['s'], Http['s']] } front { 'f': consume => [Sql['s'], Http['s']] } }
site { a { 'i': nodes => { Node['n1'] => [Store['s'], Front['f']] } } }
