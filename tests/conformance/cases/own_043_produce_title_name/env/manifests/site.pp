define store($host) { }
Store produces Sql { user => $title, database => $name, password => "${title}/${name}/${module_name}/${caller_module_name}" }
application data { store { 's': host => 'h', export => Sql['m'] } }
site { data { 'd': nodes => { Node['n1'] => Store['s'] } } }
