define store($host) { }
Store produces Sql { }
application data { tag('blue') store { 's': host => tagged('blue'), export => Sql['m'] } }
site { data { 'd': nodes => { Node['n1'] => Store['s'] } } }
