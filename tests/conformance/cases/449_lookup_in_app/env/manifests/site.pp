application a($h = lookup('h', Hash, 'hash', {})) { $h.each |$k, $v| { p { $k: host => $v, export => Sql[$k] } } c { 'y': consume => Sql['x'], port => lookup('port') } }
site { a { 'i': nodes => { Node['n1'] => [P['x'], P['z']], Node['n2'] => C['y'] } } }
