define s($host) { }
S produces Namy { }
application data { s { 's': host => 1, export => Namy['m'] } }
site { data { 'd': nodes => { Node['n1'] => S['s'] } } }
