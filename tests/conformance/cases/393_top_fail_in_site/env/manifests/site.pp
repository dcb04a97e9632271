define store($host = 'h', $port = 1) { }
define front($host) { }
Store produces Sql { }
Front consumes Sql { }
application data($x = 1) { store { 's': export => Sql['m'] } front { 'f': consume => Sql['m'] } }
site { fail('in site', 'two') }
