define back($host) { }
Back produces Http { }
application farm { back { 'p': host => lookup('k', {merge => 'unique'}), export => Http['h'] } back { 'q': host => lookup('h', Hash, 'deep'), export => Http['g'] } }
site { farm { 'f': nodes => { Node['n1'] => Back['p', 'q'] } } }
