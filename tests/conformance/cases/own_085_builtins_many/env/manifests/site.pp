define back($host) { }
Back produces Http { }
application farm { $x = [3,1,2].filter |$i| { $i > 1 } $y = { a => 1, b => 2 }.map |$k, $v| { "${k}${v}" } $z = [1,2,3,4].slice(2) $w = ['a','b'].with_index_x back { 'p': host => 1, export => Http['h'] } }
site { farm { 'f': nodes => { Node['n1'] => Back['p'] } } }
