class k(
  $x = lookup('none')) { }
node 'n1' {
  include k
}
site { }
