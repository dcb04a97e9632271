define store($host) { }
Store produces Sql { }
application data { $t = [tagged('data'), tagged('d'), tagged('nope'), tagged('data', 'nope'), tagged(['data']), tagged('class'), tagged('site'), tagged('main')] store { 's': host => $t, export => Sql['m'] } }
site { data { 'd': nodes => { Node['n1'] => Store['s'] } } }
