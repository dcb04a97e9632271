define d($host = $::nofact) { }
D produces Sql { port => $novar }
application a { d { 'x': export => Sql['s'] } }
site { a { 'i': nodes => { Node['n1'] => D['x'] } } }
