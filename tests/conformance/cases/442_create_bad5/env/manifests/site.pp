application a { create_resources('p', 'x') }
site { a { 'i': nodes => { Node['n1'] => P['x'] } } }
