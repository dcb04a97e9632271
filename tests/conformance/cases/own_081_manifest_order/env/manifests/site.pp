site { farm { 'f': nodes => { Node['n1'] => Back['p'] } } }
