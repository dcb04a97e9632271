application shop(Shop::Port $x = 5) {
  shop::web { 'w': export => Cap['w'] }
}
site {
  shop { 's': nodes => { Node['n1'] => Shop::Web['w'] } }
}
