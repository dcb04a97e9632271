define store($host) { }
Store produces Sql { }
application data { store { 's': host => 1, export => Sql['m'] } }
define unused() { if 'x' =~ /a{2,1}(?<n/ { } }
site { data { 'd': nodes => { Node['n1'] => Store['s'] } } }
