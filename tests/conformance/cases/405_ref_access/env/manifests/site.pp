define store($host) { }
define front($host) { }
Store produces Sql { }
Front consumes Sql { }
application data($r) { store { 's': host => 'hh', export => Sql['m'] } front { 'f': host => "${r}", consume => Sql['m'] } notice($r['port']) }
site { data { 'd': r => Node['x'], nodes => { Node['n1'] => [Store['s'], Front['f']] } } }
