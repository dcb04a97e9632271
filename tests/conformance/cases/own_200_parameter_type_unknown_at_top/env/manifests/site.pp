define web(
  Stdlib::Ipv4 $host,
) { }
Web produces Cap { }
application shop() {
  web { 'w': host => '10.0.0.1', export => Cap['w'] }
}
site {
  shop { 's': nodes => { Node['n1'] => Web['w'] } }
}
