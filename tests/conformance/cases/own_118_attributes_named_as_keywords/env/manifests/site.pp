define back($start, $end) { }
Back produces Http { }
define front($from, $until) { }
Front consumes Http { from => $start, until => $end }
application farm {
  back { 'p': start => 1, end => 9, export => Http['h'] }
  front { 'f': consume => Http['h'] }
}
site { farm { 'f': nodes => { Node['n1'] => Back['p'], Node['n2'] => Front['f'] } } }
