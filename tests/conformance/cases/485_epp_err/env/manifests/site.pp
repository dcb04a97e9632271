define d($host = epp('m/x.epp', { v => 'q' })) { }
D produces Sql { }
application a { d { 'x': export => Sql['s'] } }
site { a { 'i': nodes => { Node['n1'] => D['x'] } } }
