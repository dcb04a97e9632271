define p() { }
P produces Cap { host => 'h' }
application a() { p { 'p1': export => Cap['c1'] } p { 'p2': export => Cap['c2'] } p { 'p3': export => Cap['c3'] } }
site { a { 'i': nodes => { Node['n1'] => P['p1'], Node['n2'] => P['p2'], Node['n3'] => P['p3'] } } }
node 'n1' { include quagga }
node 'n2' { include quagga::bgpd }
node 'n3' { }
