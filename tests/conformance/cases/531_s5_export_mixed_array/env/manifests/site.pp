define back($host) { }
Back produces Http { }
application farm { back { 'p': host => 1, export => [Http['h'], 'x'] } }
site { farm { 'f': nodes => { Node['n1'] => Back['p'] } } }
