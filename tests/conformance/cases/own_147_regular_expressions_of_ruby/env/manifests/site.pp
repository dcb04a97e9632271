application a($t) {
  $m = $t ? { /\A\p{Greek}+\z/ => 'greek', /\A(?<b>\((?:[^()]|\g<b>)*\))\z/ => 'balanced', /\A[a-z&&[^b]]+\z/ => 'no b', default => 'other' }
  p { $t: m => $m, export => Sql[$t] }
}
define p($m) { }
P produces Sql { host => $m, user => "${title =~ /\w/}" }
site {
  a { '1': t => 'αβγ', nodes => { Node['n1'] => P['αβγ'] } }
  a { '2': t => '((x)y)', nodes => { Node['n1'] => P['((x)y)'] } }
  a { '3': t => 'acd', nodes => { Node['n1'] => P['acd'] } }
  a { '4': t => 'abc', nodes => { Node['n1'] => P['abc'] } }
}
