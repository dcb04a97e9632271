class base { }
class k($a = $module_name, $b = $caller_module_name) inherits m { }
Class['k'] produces Sql { host => $a, port => $b }
node 'n1' { class { 'k': export => Sql['t'] } }
site { }
