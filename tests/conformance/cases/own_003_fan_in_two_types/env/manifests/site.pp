define s($host) { }
define c($addr) { }
define w($db, $ca) { notify { "w ${db} ${ca}": } }
S produces Sql { } C produces Cache { size => 3 }
W consumes Sql { db => $host } W consumes Cache { ca => "${addr}:${size}" }
application a { s { 's': host => 'hh', export => Sql['x'] } c { 'c': addr => 'aa', export => Cache['x'] } w { 'w': consume => [Sql['x'], Cache['x']] } }
site { a { 'a': nodes => { Node['n1'] => [S['s'], C['c']], Node['n2'] => W['w'] } } }
