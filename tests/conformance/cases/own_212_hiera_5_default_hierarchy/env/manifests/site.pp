define web($x = lookup('x', { default_value => 5 })) { }
Web produces Cap { host => $x }
application shop() {
  web { 'w': export => Cap['w'] }
}
site {
  shop { 's': nodes => { Node['n1'] => Web['w'] } }
}
