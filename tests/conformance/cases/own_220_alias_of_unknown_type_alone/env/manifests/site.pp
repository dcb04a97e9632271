type Ports = Array[Portt, 1]
application shop(Ports $a = [1]) {
  shop::web { 'w': port => $a[0], export => Cap['w'] }
}
site {
  shop { 's': nodes => { Node['n1'] => Shop::Web['w'] } }
}
