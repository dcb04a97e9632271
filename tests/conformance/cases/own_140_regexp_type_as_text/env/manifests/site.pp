define p($h) { }
P produces Sql { host => $h }
application a($t) { p { 'z': h => $t, export => Sql['s'] } }
site { a { 'i': t => "${Regexp['(']}", nodes => { Node['n1'] => P['z'] } } }
