define back($facts) { }
Back produces Http { host => $facts }
application farm { back { 'p': facts => 1, export => Http['h'] } }
site { farm { 'f': nodes => { Node['n1'] => Back['p'] } } }
