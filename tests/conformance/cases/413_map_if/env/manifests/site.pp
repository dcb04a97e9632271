define p($host = 'ph', $port = 80) { }
P produces Sql { host => if $port == 80 { 'std' } else { 'other' }, user => case $port { 80: { 'u80' } default: { 'ux' } }, database => $port ? { 80 => 'd80', default => 'dx' } }
define c($host = 1, $user = 2, $database = 3) { }
C consumes Sql { }
application a { p { 'x': export => Sql['s'] } c { 'y': consume => Sql['s'] } }
site { a { 'i': nodes => { Node['n1'] => P['x'], Node['n2'] => C['y'] } } }
