define back($host) { }
Back produces Http { }
application farm { $nodes.keys.each |$i, $n| { back { "b${i}": host => "${n}", export => Http["h${i}"] } } }
site { farm { f: nodes => { Node['w1'] => Back['b0'], Node['w2'] => Back['b1'] } } }
