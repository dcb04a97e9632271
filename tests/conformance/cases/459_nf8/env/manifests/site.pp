class k($host) { }
node 'n1' {
  include k
}
site { }
