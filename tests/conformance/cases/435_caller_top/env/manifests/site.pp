define d($host = $module_name, $port = $caller_module_name) { }
D produces Sql { user => $module_name, database => $caller_module_name }
d { 'x': export => Sql['s'] }
node 'n1' { d { 'y': export => Sql['t'] } include m }
site { }
