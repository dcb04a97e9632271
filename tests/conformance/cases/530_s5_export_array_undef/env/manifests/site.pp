define back($host) { }
Back produces Http { }
application farm { back { 'p': host => 1, export => [Http['h'], undef] } }
site { farm { 'f': nodes => { Node['n1'] => Back['p'] } } }
