application a($x) {
  w { 'w1': x => 'q', export => Sql['a'] }
}
define w(Pattern[Regexp['(']] $x) { }
W produces Sql { }
site {
  a { 'one': x => /a/, nodes => { Node['n1'] => W['w1'] } }
}
