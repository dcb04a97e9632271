define p(String $host = break()) { }
P produces Cap { host => $host }
define c(Optional[String] $host = undef) { }
C consumes Cap { host => $host }
application a() { p { 'p1': export => Cap['k'] } c { 'c1': consume => Cap['k'] } }
site { a { 'i': nodes => { Node['n1'] => P['p1'], Node['n2'] => C['c1'] } } }
