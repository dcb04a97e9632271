define store($host) { }
define front($host) { }
Store produces Sql { }
Front consumes Sql { }
application data($r) { store { 's': host => 'hh', export => Sql['m'] } front { 'f': host => $r['host'], consume => Sql['m'] } }
site { data { 'd': r => Store['s'], nodes => { Node['n1'] => [Store['s'], Front['f']] } } }
