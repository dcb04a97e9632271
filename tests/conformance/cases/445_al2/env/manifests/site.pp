application a { p { 'z': export => Sql['t'] } p { 'x': export => Sql['s'], alias => 'z' } }
site { a { 'i': nodes => { Node['n1'] => [P['x'], P['z']] } } }
