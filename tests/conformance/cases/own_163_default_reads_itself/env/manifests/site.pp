define p($port = $port) { }
define q($port = getvar('port')) { }
P produces Cap { }
Q produces Cap { }
application a() { p { 'p1': export => Cap['c1'] } p { 'p2': port => undef, export => Cap['c2'] } }
site { a { 'i': nodes => { Node['n1'] => P['p1'], Node['n2'] => P['p2'] } } }
