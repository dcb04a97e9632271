define back($host) { }
Back produces Http { }
application farm($hosts) { $hosts.each |$k, $v| { back { $k: host => $v, export => Http["h-${k}"] } } }
site { lookup('farms').each |$name, $f| { farm { $name: hosts => $f['hosts'], nodes => $f['map'].map |$n, $c| { [Node[$n], Back[$c]] }.reduce({}) |$m, $e| { $m + { $e[0] => $e[1] } } } } }
