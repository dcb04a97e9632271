define store($host = 1) { }
application a { store {'s': export => Sql['m']} }
site { a { 'i': nodes => { Node['n1'] => Store['s'] } } }
