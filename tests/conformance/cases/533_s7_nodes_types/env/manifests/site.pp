define back($host) { }
Back produces Http { }
application farm { $x = $nodes.map |$k, $v| { [type($k), type($v), $k =~ Type, $k =~ Type[Node], $k =~ CatalogEntry, "${k}", "${v}", $k.type] } back { 'p': host => $x, export => Http['h'] } }
site { farm { 'f': nodes => { Node['n1'] => [Back['p']] } } }
