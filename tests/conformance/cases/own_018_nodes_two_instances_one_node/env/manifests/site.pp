define back($host) { notify { "b ${name}": } }
Back produces Http { }
application farm { back { "p-${name}": host => 1, export => Http["h-${name}"] } }
site { farm { 'i': nodes => { Node['n1'] => Back['p-i'] } } farm { 'j': nodes => { Node['n1'] => Back['p-j'] } } }
