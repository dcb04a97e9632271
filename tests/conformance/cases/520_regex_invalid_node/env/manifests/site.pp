define store($host) { }
Store produces Sql { }
application data { store { 's': host => 1, export => Sql['m'] } }
node /(/ { }
site { data { 'd': nodes => { Node['n1'] => Store['s'] } } }
