class k { notify { 'k': } }
define back($host) { }
Back produces Http { }
application farm { include k back { 'p': host => 1, export => Http['h'] } }
site { farm { 'f': nodes => { Node['n1'] => Back['p'] } } }
