define p($said = translate('%{name} of %{size} bytes.', { 'name' => 'a b', 'size' => 12 })) { }
P produces Cap { host => $said }
application a() { p { 'p1': export => Cap['c1'] } p { 'p2': export => Cap['c2'] } }
site { a { 'i': nodes => { Node['n1'] => P['p1'], Node['n2'] => P['p2'] } } }
node 'n1' { fail(translate('No %{os} here, %{other}.', { 'os' => $::operatingsystem, 'other' => $::fqdn })) }
node 'n2' { }
