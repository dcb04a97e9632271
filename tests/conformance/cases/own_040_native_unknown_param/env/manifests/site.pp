define store($host) { }
Store produces Sql { }
application data { store { 's': host => 1, export => Sql['m'] } notify { 'x': zort => 1, consume => Sql['m'] } }
site { data { 'd': nodes => { Node['n1'] => [Store['s'], Notify['x']] } } }
