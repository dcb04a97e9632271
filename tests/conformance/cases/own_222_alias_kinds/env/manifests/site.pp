application shop(
  Shop::Tree $tree = ['a', { 'k' => ['b'] }],
  Shop::Entry $entry = { 'name' => 'n', 'port' => -5, 'kind' => undef },
  Shop::Word $word = 'abc',
) {
  shop::web { 'w': tree => $tree, entry => $entry, word => $word, export => Cap['w'] }
}
site {
  shop { 's': nodes => { Node['n1'] => Shop::Web['w'] } }
  shop { 't': entry => { 'name' => 'n' }, nodes => { } }
}
