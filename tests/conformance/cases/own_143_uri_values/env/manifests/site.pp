application a(URI[{scheme => 'http'}] $u) {
  p { 'z': u => $u, export => Sql['s'] }
  c { 'c': consume => Sql['s'] }
}
define p(URI $u) { }
P produces Sql { host => $u.host, port => $u.port, user => $u, database => $u + '../x' }
define c($host, Integer $port, $user, $database) { }
C consumes Sql { }
site { a { 'i': u => URI('http://user@Example.com:8080/a/b?q=1#f'), nodes => { Node['n1'] => P['z'], Node['n2'] => C['c'] } } }
