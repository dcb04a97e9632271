application a { p { 'x': export => Sql['s'] } c { 'y': consume => Sql['s'], noop => false } }
site { a { 'i': noop => true, tag => ['t1'], nodes => { Node['n1'] => [P['x'], C['y']] } } }
