class m { }
site { m::farm { 'f': nodes => { Node['n1'] => Back['p'] } } }
