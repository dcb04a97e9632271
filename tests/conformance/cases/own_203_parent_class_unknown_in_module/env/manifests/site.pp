define web() { }
Web produces Cap { host => 'h' }
application shop() {
  web { 'w': export => Cap['w'] }
}
site {
  include lamp
  shop { 's': nodes => { Node['n1'] => Web['w'] } }
}
