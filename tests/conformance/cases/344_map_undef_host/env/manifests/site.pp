define store($host = 'h', $port = 1) { }
define front($host) { }
Store produces Sql { host => undef }
Front consumes Sql { }
define f2($host = 'dflt') { }
F2 consumes Sql { }
application a { store {'s': export => Sql['m']} f2 {'f': consume => Sql['m']} }
site { a { 'i': nodes => { Node['n1'] => Store['s'], Node['n2'] => F2['f'] } } }
