define d($host = $module_name, $port = $caller_module_name) { }
D produces Sql { user => $module_name, database => $caller_module_name }
application a { d { 'x': export => Sql['s'], host => "<${module_name}>" } m::d { 'y': export => Sql['t'] } }
site { a { 'i': nodes => { Node['n1'] => [D['x'], M::D['y']] } } m { 'q': nodes => { Node['n1'] => M::D['w'] } } }
