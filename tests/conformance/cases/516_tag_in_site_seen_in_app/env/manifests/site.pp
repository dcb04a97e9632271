define store($host) { }
Store produces Sql { }
application data { $t = [tagged('sitetag')] store { 's': host => $t, export => Sql['m'] } }
site { tag('sitetag') data { 'd': nodes => { Node['n1'] => Store['s'] } } }
