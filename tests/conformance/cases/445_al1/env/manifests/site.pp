application a { p { 'x': export => Sql['s'], alias => 'z' } p { 'z': export => Sql['t'] } }
site { a { 'i': nodes => { Node['n1'] => [P['x'], P['z']] } } }
