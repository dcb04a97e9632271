define p($v = @(E:json)) { }
  {
  | E
P produces Sql { }
application a() { p { 'p': export => Sql['s'] } }
site { a { 'i': nodes => { Node['n1'] => P['p'] } } }
