define back($host) { }
Back produces Http { }
application farm { back { 'p': host => 1, export => Http['h'] } }
site { farm { 'f': nodes => { 'n1' => Back['p'], 'n2' => 'x' } } }
