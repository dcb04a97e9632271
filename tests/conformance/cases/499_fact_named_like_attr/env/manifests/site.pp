define p2() {}
P2 produces Sql { }
define c2($host = 'd', $port = 'd', $user = 'd') { }
C2 consumes Sql { }
application a { p2 { 'x': export => Sql['s'] } c2 { 'y': consume => Sql['s'] } }
$user = 'topuser'
site { a { 'i': nodes => { Node['n1'] => P2['x'], Node['n2'] => C2['y'] } } }
