define p() { }
P produces Cap { host => $::git::home }
application a() { p { 'p1': export => Cap['c1'] } p { 'p2': export => Cap['c2'] } p { 'p3': export => Cap['c3'] } }
site { a { 'i': nodes => { Node['n1'] => P['p1'], Node['n2'] => P['p2'], Node['n3'] => P['p3'] } } }
node 'n1' { include git }
node 'n2' { class { 'git': user => 'u', home => '/srv' } }
node 'n3' { class { 'git': user => 'u', where => '/opt' } }
