application a { p { 'x': export => Sql['s'] } P['x'] { export +> Http['h'] } }
P produces Http { }
site { a { 'i': nodes => { Node['n1'] => [P['x']] } } }
