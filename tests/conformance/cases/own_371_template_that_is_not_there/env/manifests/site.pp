define db(String $host = 'h', $port = 1) { }
Db produces Sql { host => $host, port => template('caps/none.erb') }
define web($host = 'x', $port = 2, $extra = undef) { }
Web consumes Sql { host => $host, port => $port }
application app2(Integer $n = 1) {
  db { 'd': export => Sql['s'] }
  web { 'w': consume => Sql['s'] }
}
site { app2 { 'a': nodes => { Node['n1'] => Db['d'], Node['n2'] => Web['w'] } } }
