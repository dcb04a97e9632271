define web($x = lookup('x'), $y = lookup('y'), $z = lookup('z')) { }
Web produces Cap { host => $x, port => [$y, $z] }
application shop() {
  web { 'w': export => Cap['w'] }
}
site {
  shop { 's': nodes => { Node['n1'] => Web['w'] } }
}
