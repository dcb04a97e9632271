define front($host) { notify { "front ${host}": } }
Front consumes Sql { }
application view { front { 'f': consume => [Sql['ghost'], Sql['ghost2']] } }
site { view { 'v': nodes => { Node['n1'] => Front['f'] } } }
