define store($host = 'h', $port = 1) { }
define front($host) { }
Store produces Sql { name => 'zz', host => $name, port => $title, user => "${trusted['certname']}", nope => 3 }
Front consumes Sql { }
application data { store { 's': export => Sql['m'] } front { 'f': consume => Sql['m'] } }
site { data { 'd': nodes => { Node['n1'] => Store['s'], Node['n2'] => Front['f'] } } }
