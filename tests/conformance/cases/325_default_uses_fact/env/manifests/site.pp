define store($host = $::fqdn, $port = $facts['hostname']) { }
define front($host) { }
Store produces Sql { }
Front consumes Sql { }
application data { store { 's': export => Sql['m'] } front { 'f': consume => Sql['m'] } }
site { data { 'd': nodes => { Node['n1.x.y'] => Store['s'], Node['n2'] => Front['f'] } } }
