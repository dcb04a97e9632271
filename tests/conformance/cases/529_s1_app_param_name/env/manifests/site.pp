define back($host) { }
Back produces Http { }
application farm($name = 1) { back { 'p': host => $name, export => Http['h'] } }
site { farm { 'f': nodes => { Node['n1'] => Back['p'] } } }
