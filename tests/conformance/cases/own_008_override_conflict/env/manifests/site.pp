define back($host) { }
Back produces Http { }
application farm { back { 'p': host => 'ph', export => Http['hp'] } Back['p'] { host => 'other' } }
site { farm { f: nodes => { Node['w1'] => Back['p'] } } }
