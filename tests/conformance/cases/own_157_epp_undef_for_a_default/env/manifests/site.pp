application a() { p { 'x': h => inline_epp("<% | Integer \$a = 5, \$b = undef, \$c | %><%= \$a %>|<%= \$b %>|<%= \$c %>", {a => undef, c => undef}), export => Sql['s'] } }
define p($h) { }
P produces Sql { host => $h }
site { a { 'i': nodes => { Node['n1'] => P['x'] } } }
