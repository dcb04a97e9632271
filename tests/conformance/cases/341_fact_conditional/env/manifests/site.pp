define store($host = 'h', $port = 1) { }
define front($host) { }
Store produces Sql { }
Front consumes Sql { }
application data { if $::fqdn == 'n1' { store { 's': export => Sql['m'] } } }
site { data { 'd': nodes => { Node['n1'] => Store['s'] } } }
