application a() {
  w { 'w1': export => Sql['d'] }
}
define w($host = 'h') { }
W produces Sql { host => $host }
site {
  a { 'one': nodes => { Node['n1'] => W['w1'] } }
}
@sql { 'd': host => 'top' }
