define store($host = 'h', $port = 1) { }
define front($host) { }
Store produces Sql { }
Front consumes Sql { }
node 'n1' { store { 's': export => Sql['m'] } }
node /^n2/ { front { 'f': consume => Sql['m'] } }
node default { }
