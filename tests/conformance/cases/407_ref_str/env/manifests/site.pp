define store($host) { }
define front($host) { }
class k($x) { }
Store produces Sql { }
Front consumes Sql { }
application data($r, $c, $t, $a) { $q = Store['zz'] store { 's': host => "${r} ${c} ${t} ${a}", export => Sql['m'] } }
site { data { 'd': r => Store['s'], c => Class['k'], t => Store, a => [Store['a', 'b'], { k => Sql['m'] }], nodes => { Node['n1'] => [Store['s']] } } }
