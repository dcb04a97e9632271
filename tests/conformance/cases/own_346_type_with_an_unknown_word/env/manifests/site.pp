define p() { }
P produces Sql { host => 'x' }
application a() { p { 'p': export => Sql['s'] } }
site { a { 'i': nodes => { Node['n1'] => P['p'] } } }
