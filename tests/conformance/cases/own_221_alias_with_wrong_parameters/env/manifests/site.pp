application shop() {
  shop::web { 'w': port => 5, export => Cap['w'] }
}
site {
  shop { 's': nodes => { Node['n1'] => Shop::Web['w'] } }
}
