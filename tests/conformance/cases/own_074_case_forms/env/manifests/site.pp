define back($host) { }
Back produces Http { }
application farm($v = 'abc') {
  $a = case $v { /^a(.*)c$/: { "m-${1}" } default: { 'd' } }
  $b = case 5 { Integer[1,3]: { 'low' } Integer: { 'int' } }
  $c = case 'X' { 'x': { 'lower' } default: { 'no' } }
  $d = $v ? { /B/ => 1, String[5] => 2, default => 3 }
  $e = case [1,2] { [1,2]: { 'arr' } default: { 'no' } }
  $f = case 'q' { *['p','q']: { 'splat' } default: { 'no' } }
  $g = if $v =~ /^(.)/ { $1 } else { 'none' }
  $h = unless false { 'un' }
  back { 'p': host => [$a,$b,$c,$d,$e,$f,$g,$h,"${1}"], export => Http['h'] }
}
site { farm { 'f': nodes => { Node['n1'] => Back['p'] } } }
