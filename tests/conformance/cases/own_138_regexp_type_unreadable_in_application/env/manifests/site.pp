application a(Regexp['('] $x) {
  w { 'w1': export => Sql['a'] }
}
define w { }
W produces Sql { }
site {
  a { 'one': x => /a/, nodes => { Node['n1'] => W['w1'] } }
}
