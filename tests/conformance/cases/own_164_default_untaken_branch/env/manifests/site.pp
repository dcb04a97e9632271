define p($name_of_it, $fast, $port = $fast ? { true => 1, default => $later }, $later = 2) { }
P produces Cap { }
application a() {
  p { 'p1': name_of_it => 'x', fast => true, export => Cap['c1'] }
  p { 'p2': name_of_it => 'x', fast => false, export => Cap['c2'] }
}
site { a { 'i': nodes => { Node['n1'] => P['p1'], Node['n2'] => P['p2'] } } }
