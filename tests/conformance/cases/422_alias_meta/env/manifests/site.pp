application a { p { 'x': export => Sql['s'], alias => 'ali' } c { 'y': consume => Sql['s'], require => P['ali'] } }
site { a { 'i': nodes => { Node['n1'] => [P['x'], C['y']] } } }
