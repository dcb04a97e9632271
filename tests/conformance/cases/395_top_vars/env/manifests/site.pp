$v = 'top'

define store($host = 'h', $port = 1) { }
define front($host) { }
Store produces Sql { }
Front consumes Sql { }
application data($w = $v) { store { 's': host => "${v}${w}", export => Sql['m'] } }
site { data { 'd': nodes => { Node['n1'] => Store['s'] } } }
