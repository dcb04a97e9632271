class m($a = $module_name, $b = $caller_module_name) { d { 'z': export => Sql['u'], host => "${a}${b}" } }
