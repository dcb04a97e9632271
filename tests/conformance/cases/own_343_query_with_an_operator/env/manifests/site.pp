define p($h = 'd') { }
P produces Sql { host => $h }
application a() {
  p { 'x': export => Sql['x'] }
  P <| nosuch == 1 |>
  P <| title =~ /x/ |>
}
site { a { 'i': nodes => { Node['n1'] => P['x'] } } }
