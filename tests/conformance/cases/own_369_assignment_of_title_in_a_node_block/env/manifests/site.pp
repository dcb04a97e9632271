node 'n1' {} node 'n2' { $title = 5 }
define db(String $host = 'h', $port = 1) { }
Db produces Sql { }
define web(String $host = 'x', $port = 2, $extra = undef) { }
Web consumes Sql { }
application app2(Integer $n = 1) {
  db { 'd': export => Sql['s'] }
  web { 'w': consume => Sql['s'] }
}
site { app2 { 'a': nodes => { Node['n1'] => Db['d'], Node['n2'] => Web['w'] } } }
