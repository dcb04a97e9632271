define back($ip) { }
Back produces Http { }
define plain(Integer $size, $colour = 'red') { }
application farm { back { 'p': ip => 1, export => Http['h'] } }
site { farm { 'f': nodes => { Node['n1'] => Back['p'], } } }
node 'n1' {
  plain { 'good': size => 1 }
  plain { 'bad': size => 'big', weight => 3 }
}
node default { }
