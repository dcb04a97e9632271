define store($host = 'a', $port = "${host}-p", $user = $database, $database = 'x') { }
Store produces Sql { }
application data { store {'s': export => Sql['m'] } }
site { data { 'd': nodes => { Node['n1'] => Store['s'] } } }
