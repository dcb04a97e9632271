application a { p { 'x': export => [Sql['s'], Sql['t'], Http['h']] } c { 'y': consume => [Sql['s']] } }
P produces Http { url => "http://${host}:${port}/" }
site { a { 'i': nodes => { Node['n1'] => P['x'], Node['n2'] => C['y'] } } }
