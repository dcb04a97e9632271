application a() {
  w { 'w1': export => Sql['d'] }
  c { 'c1': consume => Sql['d'] }
}
define w($host = 'h') { }
W produces Sql { host => $host }
define c($host) { }
C consumes Sql { }
site {
  a { 'one': nodes => { Node['n1'] => W['w1'], Node['n2'] => C['c1'] } }
}
sql { 'd': host => 'top' }
