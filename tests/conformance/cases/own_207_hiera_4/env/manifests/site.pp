define web($x = lookup('x'), $y = lookup('m::y')) { }
Web produces Cap { host => $x, port => $y }
application shop() {
  web { 'w': export => Cap['w'] }
}
site {
  shop { 's': nodes => { Node['n1'] => Web['w'] } }
}
