define back($host, $port) { }
Back produces Http { }
application farm { back { 'p': host => lookup('thehost'), port => hiera('theport', 9), export => Http['h'] } }
site { farm { 'f': nodes => { Node['n1'] => Back['p'] } } }
