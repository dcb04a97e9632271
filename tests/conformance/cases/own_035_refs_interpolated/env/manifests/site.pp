define back($host) { }
Back produces Http { }
application farm($ref) { $c = Http['zz'] back { 'p': host => "${ref} ${c} ${ref[0]}", export => Http['h'] } }
site { farm { 'f': ref => [Http['x'], Sql['y', 'z']], nodes => { Node['n1'] => Back['p'] } } }
