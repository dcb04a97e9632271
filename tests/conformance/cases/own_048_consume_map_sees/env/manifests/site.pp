$top = 'T'
define store($host) { }
Store produces Sql { }
define front($db, $own = 'o') { }
Front consumes Sql { db => "${host} ${own} ${top} ${fqdn} ${::kernel} ${appvar}" }
application data { $appvar = 3 store { 's': host => 'hh', export => Sql['m'] } front { 'f': consume => Sql['m'] } }
site { data { 'd': nodes => { Node['n1'] => Store['s'], Node['n2'] => Front['f'] } } }
