application a { m::d { 'x': export => Sql['s'] } }
site { a { 'i': nodes => { Node['n1'] => [M::D['x']] } } }
