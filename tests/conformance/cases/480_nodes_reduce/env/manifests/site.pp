application a { p { 'x': export => Sql['s'] } p { 'y': export => Sql['t'] } }
site { $map = {'n1' => 'x', 'n2' => 'y'} $nodes = $map.reduce({}) |$m, $kv| { $m + { Node[$kv[0]] => P[$kv[1]] } } a { 'i': nodes => $nodes } }
