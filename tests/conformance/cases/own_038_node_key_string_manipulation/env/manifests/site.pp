define back($host) { }
Back produces Http { }
application farm { $n = $nodes.map |$k, $v| { regsubst("${k}", '^Node\[(.*)\]$', '\1') } back { 'p': host => $n, export => Http['h'] } }
site { farm { 'f': nodes => { Node['n1'] => Back['p'] } } }
