define s($host) { }
S produces Plainy { }
application data { s { 's': host => 1, export => Plainy['m'] } }
site { data { 'd': nodes => { Node['n1'] => S['s'] } } }
