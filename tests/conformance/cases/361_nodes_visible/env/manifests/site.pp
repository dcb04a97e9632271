define store($host = 'h', $port = 1) { }
define front($host) { }
Store produces Sql { }
Front consumes Sql { }
application data { $nodes.each |$n, $c| { notice($n) } $cs = $nodes.map |$n, $c| { $c } store { 's': host => $cs, export => Sql['m'] } }
site { data { 'd': nodes => { Node['n1'] => Store['s'] } } }
