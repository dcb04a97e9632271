define db($x = 1, Integer $port = 1) { }
Db produces Cap { }
application app2() {
  $v = lookup('a.b')
  db { 'd': x => $v, export => Cap['d'] }
}
site { app2 { 'a': nodes => { Node['n1'] => Db['d'] } } }
