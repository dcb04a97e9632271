application m { m::d { 'w': export => Sql['w'], host => "${module_name}/${caller_module_name}" } }
