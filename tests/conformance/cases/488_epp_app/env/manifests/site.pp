application a { p { 'x': host => inline_epp('<%= $name %>-<%= $nodes.length %>'), export => Sql['s'] } }
define p($host) { }
P produces Sql { }
site { a { 'i': nodes => { Node['n1'] => P['x'] } } }
