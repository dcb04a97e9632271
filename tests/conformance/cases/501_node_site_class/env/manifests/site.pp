class role { p { "r-${::hostname}": export => Sql["r-${::hostname}"] } }
node /^n/ { include role }
application a { c { 'y': consume => Sql['s'] } p { 'x': export => Sql['s'] } }
site { a { 'i': nodes => { Node['n1'] => P['x'], Node['n2'] => C['y'] } } }
