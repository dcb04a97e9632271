define tier($up = 'x') { }
Tier produces Queue { broker => $up, topic => 1 }
Tier consumes Queue { up => $broker }
application loop { tier { 'a': export => Queue['qa'], consume => Queue['qb'] } tier { 'b': export => Queue['qb'], consume => Queue['qa'] } }
site { loop { 'l': nodes => { Node['n1'] => Tier['a'], Node['n2'] => Tier['b'] } } }
