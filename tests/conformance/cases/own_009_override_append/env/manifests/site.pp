define back($host) { }
Back produces Http { }
application farm { back { 'p': host => ['a'], export => Http['hp'] } Back['p'] { host +> ['b'] } }
site { farm { f: nodes => { Node['w1'] => Back['p'] } } }
