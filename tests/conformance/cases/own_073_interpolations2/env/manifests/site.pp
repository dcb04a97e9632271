define back($host) { }
Back produces Http { }
application farm {
  $h = { 'a' => { 'b' => [1, 2] }, c => undef } $s = 'str'
  $r = [ "${h['a']['b'][1]}", "$s", "${s}", "${h}", "${[1, 'a', undef, true]}", "${1 + 1}", "${undef}", "$s[0]", "${s[0]}", "\u{41}\t\$x \\", 'a\'b\\c\n', "${Integer[1,2]}", "${Back['x']}", "${Sensitive('a')}", "${/x/}", "${default}", "${-1}", "${1.0}", "${1e20}", "${h.map |$k, $v| { $k }}", "${if true { 'y' }}" ]
  $t = @("E"/nt)
    heredoc ${s}\n
      more $s
    | E
  $u = @(R)
    raw ${s}
    |- R
  back { 'p': host => [$r, $t, $u], export => Http['h'] }
}
site { farm { 'f': nodes => { Node['n1'] => Back['p'] } } }
