application shop(Shop::Port $a = 1, Shop::Port $b = 'x') {
  shop::web { 'w': port => $a, export => Cap['w'] }
}
site {
  shop { 's': nodes => { Node['n1'] => Shop::Web['w'] } }
}
