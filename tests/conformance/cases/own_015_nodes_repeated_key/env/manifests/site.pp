define back($host) { }
Back produces Http { }
application farm { back { 'p': host => 1, export => Http['h'] } back { 'q': host => 1, export => Http['h2'] } }
site { farm { 'f': nodes => { Node['a'] => Back['p'], Node['a'] => Back['q'] } } }
