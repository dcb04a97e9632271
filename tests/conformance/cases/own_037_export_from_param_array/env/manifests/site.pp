define back($host) { }
Back produces Http { }
application farm($refs) { back { 'p': host => 1, export => $refs } }
site { farm { 'f': refs => [Http['x'], Http['y']], nodes => { Node['n1'] => Back['p'] } } }
