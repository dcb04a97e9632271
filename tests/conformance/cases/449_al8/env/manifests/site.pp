application a { p { 'x': export => Sql['s'], alias => 'q' } P['q'] { host => 'over' } }
site { a { 'i': nodes => { Node['n1'] => [P['x']] } } }
