define d($host = epp('m/x.epp', { v => 5 }), $port = epp('m/y'), $user = inline_epp('u<%= $title %>')) { }
D produces Sql { database => inline_epp("<%= \$host %>!") }
$top = 'T'
application a { d { 'x': export => Sql['s'] } }
site { a { 'i': nodes => { Node['n1'] => D['x'] } } }
