define back($host = undef, $port = undef) { }
define balancer($host, $port) { notify { "lb ${host} ${port}": } }
Back produces Http { }
Balancer consumes Http { }
application farm { back { 'b1': host => 'x', export => Http['h1'] } back { 'b2': port => 2, export => Http['h2'] } balancer { 'lb': consume => [Http['h1'], Http['h2']] } }
site { farm { f: nodes => { Node['w'] => Back['b1', 'b2'], Node['front'] => Balancer['lb'] } } }
