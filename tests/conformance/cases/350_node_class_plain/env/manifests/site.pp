define store($host = 'h', $port = 1) { }
define front($host) { }
Store produces Sql { }
Front consumes Sql { }
class role { store { 's': export => Sql['m'] } }
node 'n1' { include role }
node default { front { 'f': consume => Sql['m'] } }
