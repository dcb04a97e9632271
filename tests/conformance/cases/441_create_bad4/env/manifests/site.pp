application a { create_resources('p') }
site { a { 'i': nodes => { Node['n1'] => P['x'] } } }
