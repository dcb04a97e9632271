define tier($up = 'o', $other = 'p') { notify { "${name} ${up} ${other}": } }
Tier produces Queue { broker => $name, topic => $up }
Tier produces Cache { addr => $name, size => 1 }
Tier consumes Queue { up => $broker }
Tier consumes Cache { other => $addr }
application line { tier { 'a': export => Queue['qa'] } tier { 'b': consume => Queue['qa'], export => Queue['qb'] } tier { 'c': consume => Queue['qa'], export => Cache['cc'] } tier { 'd': consume => [Queue['qb'], Cache['cc']] } }
site { line { 'x': nodes => { Node['n4'] => Tier['d'], Node['n2'] => Tier['b'], Node['n3'] => Tier['c'], Node['n1'] => Tier['a'] } } }
