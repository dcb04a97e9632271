application a { m::d { 'x': export => Sql['s'], port => 7 } }
site { a { 'i': nodes => { Node['n1'] => M::D['x'] } } }
