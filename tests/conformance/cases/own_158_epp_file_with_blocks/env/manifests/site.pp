application a() { p { 'x': h => epp('m/t.epp', {l => [1, 2], o => undef}), export => Sql['s'] } }
define p($h) { }
P produces Sql { host => $h }
site { a { 'i': nodes => { Node['n1'] => P['x'] } } }
