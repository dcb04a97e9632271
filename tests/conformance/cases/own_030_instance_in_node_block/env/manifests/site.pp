define back($host) { notify { "b ${host}": } }
Back produces Http { }
application farm { back { 'p': host => 1, export => Http['h'] } }
node default { farm { 'f': nodes => { Node['n1'] => Back['p'] } } }
