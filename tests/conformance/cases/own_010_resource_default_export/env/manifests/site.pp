define back($host) { }
Back produces Http { }
application farm { Back { export => Http['hp'] } back { 'p': host => 'ph' } }
site { farm { f: nodes => { Node['w1'] => Back['p'] } } }
