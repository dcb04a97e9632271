define back($host) { }
Back produces Http { }
application farm { back { "p-${name}": host => 'h', export => Http["k-${name}"] } }
site { create_resources('farm', { 'a' => { 'nodes' => { Node['n1'] => Back['p-a'] } }, 'b' => { 'nodes' => { Node['n2'] => Back['p-b'] } } }) }
