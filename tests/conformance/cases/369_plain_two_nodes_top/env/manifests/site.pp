define store($host = 'h', $port = 1) { }
define front($host) { }
Store produces Sql { }
Front consumes Sql { }
store { 's': host => $::fqdn, export => Sql['m'] }
