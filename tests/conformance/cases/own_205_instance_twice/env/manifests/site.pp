define web() { }
Web produces Cap { host => 'h' }
application shop(String $x = 'x') {
  web { "${name}-1": export => Cap["${name}-1"] }
  web { "${name}-2": export => Cap["${name}-2"] }
}
site {
  shop { 's': nodes => { Node['n1'] => Web['s-1'], Node['n2'] => Web['s-2'] } }
  shop { 's': x => 'y', nodes => { Node['n1'] => Web['s-2'], Node['n3'] => Web['s-1'] } }
  shop { 't': nodes => { Node['n5'] => [Web['t-1'], Web['t-2']] } }
}
