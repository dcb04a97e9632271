define back($host) { }
Back produces Http { }
application farm { back { 'p': host => 'ph' } Back['p'] { export => Http['hp'] } }
site { farm { f: nodes => { Node['w1'] => Back['p'] } } }
