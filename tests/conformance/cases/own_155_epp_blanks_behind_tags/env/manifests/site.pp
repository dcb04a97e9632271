application a() { p { 'x': h => inline_epp("<% [1,2].each |\$x| { -%> <%= \$x -%> <% } %>|<%- \$y=1 -%>  \n y <% \$z = 2 -%>  z\n<%# c -%>  \nq"), export => Sql['s'] } }
define p($h) { }
P produces Sql { host => $h }
site { a { 'i': nodes => { Node['n1'] => P['x'] } } }
