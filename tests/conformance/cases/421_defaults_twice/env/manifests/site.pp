application a { P { host => 'dflt' } P { host => 'again' } p { 'x': export => Sql['s'] } }
site { a { 'i': nodes => { Node['n1'] => [P['x']] } } }
