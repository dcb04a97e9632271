define back($host) { }
Back produces Http { }
application farm { back { 'a[b]': host => 1, export => Http['x]y[z'] } back { "sp ace'q": host => 1, export => Http['/a/b'] } }
site { farm { 'f': nodes => { Node['n1'] => [Back['a[b]'], Back["sp ace'q"]] } } }
