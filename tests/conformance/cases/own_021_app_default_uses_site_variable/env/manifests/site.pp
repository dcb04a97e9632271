define back($host) { }
Back produces Http { }
application farm($x = "[${sv}]") { back { 'p': host => $x, export => Http['h'] } }
site { $sv = 'site' farm { 'f': nodes => { Node['n1'] => Back['p'] } } }
