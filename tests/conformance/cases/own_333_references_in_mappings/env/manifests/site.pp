define p() { }
P produces Sql { host => P['p'], user => [Node['n1'], {a => Sql['s']}] }
define q($host, $user) { }
Q consumes Sql { host => "${host} ${user}", user => $user }
application a() {
  p { 'p': export => Sql['s'] }
  q { 'q': consume => Sql['s'] }
}
site { a { 'i': nodes => { Node['n1'] => [P['p'], Q['q']] } } }
