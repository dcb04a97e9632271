define web() { }
Web produces Cap { host => $lamp::port }
application shop() {
  web { 'w': export => Cap['w'] }
}
site {
  shop { 's': nodes => { Node['n1'] => Web['w'] } }
}
node 'n1' { include lamp }
class lamp($port = 80) { }
