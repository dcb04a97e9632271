define back($host, $port = 1) { }
Back produces Http { }
application farm { back { 'p': host => 'ph', export => Http['hp'] } Back['p'] { port => 77 } }
site { farm { f: nodes => { Node['w1'] => Back['p'] } } }
