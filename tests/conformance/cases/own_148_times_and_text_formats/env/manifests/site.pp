application a() {
  p { 'z':
    a => "${Timespan({hours => 1}) * 2 + 30}", b => Timestamp('2020-01-02', '%Y-%m-%d') - Timespan('1-00:00:00') < Timestamp('2020-01-02'),
    c => String([1, [2, {a => 3}]], '%#a'), d => String({a => {b => 1}}, '%#h'), e => String(1.5), f => Timespan(90) == 90,
    export => Sql['s'],
  }
}
define p($a, $b, $c, $d, $e, $f) { }
P produces Sql { host => $a, user => $c, database => $e }
site { a { 'i': nodes => { Node['n1'] => P['z'] } } }
