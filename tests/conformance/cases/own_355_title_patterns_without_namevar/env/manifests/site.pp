define db($x = 1, Integer $port = 1, $host = 'h', $tags = []) { }
Db produces Cap { }
define web($host = undef, $port = 0, $tags = 'none', $y = 1) { }
Web consumes Cap { }
application app2() {  db { 'd': port => 5, host => 'z', export => Cap['d'] } web { 'w':  consume => Cap['d'] } }
site { app2 { 'a': nodes => { Node['n1'] => Db['d'], Node['n2'] => Web['w'] } } }
