application shop(Array[Shop::Web] $webs) {
  shop::web { 'w': export => Cap['w'] }
}
site {
  shop { 's': webs => ['a'], nodes => { Node['n1'] => Shop::Web['w'] } }
}
