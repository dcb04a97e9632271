define m($host = 1) { }
M produces Sql { } 
M consumes Sql { }
application a { m { 'x': export => Sql['s'], consume => Sql['t'] } m { 'y': export => Sql['t'], consume => Sql['s'] } }
site { a { 'i': nodes => { Node['n1'] => M['x'], Node['n2'] => M['y'] } } }
