define front($host) { }
Front consumes Sql { }
application data { notify { 's': export => Sql['m'] } front { 'f': consume => Sql['m'] } }
site { data { 'd': nodes => { Node['n1'] => Notify['s'], Node['n2'] => Front['f'] } } }
