define web() { }
Web produces Cap { host => $::fqdn }
application shop() {
  web { "${name}-1": export => Cap["${name}-1"] }
}
site {
  shop { 's': nodes => { Node['n1'] => Web['s-1'] } }
  shop { 's': nodes => { Node['n1'] => Web['s-1'] } }
}
