define back($host) { }
Back produces Http { }
site { m::farm { 'f': nodes => { Node['n1'] => Back['p'] } } }
