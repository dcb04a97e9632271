define m::d($host = $module_name, $port = $caller_module_name) { }
M::D produces Sql { user => $module_name, database => $caller_module_name }
