type A = Variant[Integer, A, Boolean]
define db(A $x = 1, Integer $port = 1) { }
Db produces Cap { }
application app2() { db { 'd': x => 'no', export => Cap['d'] } }
site { app2 { 'a': nodes => { Node['n1'] => Db['d'] } } }
