define p() { }
P produces Cap { host => "${::lamp::params::host} ${::lamp::inner}" }
application a() { p { 'p1': export => Cap['c1'] } p { 'p2': export => Cap['c2'] } }
site { a { 'i': nodes => { Node['n1'] => P['p1'], Node['n2'] => P['p2'] } } }
node 'n1' { include lamp }
node 'n2' { include lamp::params }
