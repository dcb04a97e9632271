define store($host = 'h', $port = 1) { }
define front($host) { }
Store produces Sql { }
Front consumes Sql { }
application app { store { 's': export => Sql['m'] } front { 'f': consume => Sql['m'] } }
app { 'x': nodes => {} }
site { }
