define web() { }
Web produces Cap { host => 'h' }
application shop() {
  web { 'w': export => Cap['w'] }
}
site {
  shop { 's': nodes => { Node['n1'] => Web['w'] } }
}
node 'n1' { include lamp }
node 'n2' { class { 'lamp': } }
node 'n3' { }
class lamp inherits lamp::params { }
