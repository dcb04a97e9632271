define back($host) { }
Back produces Http { }
application farm { $x = 'outer' $r = [1,2].map |$i| { $y = "${x}${i}" $y } $t = { a => 1 }.reduce(0) |$m, $kv| { $m + $kv[1] } $u = [[1, 2], [3, 4]].map |$p| { $p[0] + $p[1] } $w = with(1, 2) |$a, $b = 5, *$c| { [$a, $b, $c] } $v = each([5]) |$i, $e| { } back { 'p': host => [$r, $t, $u, $w, $v], export => Http['h'] } }
site { farm { 'f': nodes => { Node['n1'] => Back['p'] } } }
