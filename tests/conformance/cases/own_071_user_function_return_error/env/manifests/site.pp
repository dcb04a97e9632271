define back($host) { }
Back produces Http { }
application farm { back { 'p': host => m::up('a'), export => Http['h'] } }
site { farm { 'f': nodes => { Node['n1'] => Back['p'] } } }
