application a { create_resources('p', { 'x' => 5 }) }
site { a { 'i': nodes => { Node['n1'] => P['x'] } } }
