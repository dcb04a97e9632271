application a { p { 'x': export => Sql['s'], alias => ['ali', 'eli'] } c { 'y': consume => Sql['s'], require => [P['ali'], P['eli']] } P['ali'] -> C['y'] }
site { a { 'i': nodes => { Node['n1'] => [P['x'], C['y']] } } }
