application a { create_resources('p', { 'x' => 'str' }) p { 'x': export => Sql['s'] } }
site { a { 'i': nodes => { Node['n1'] => P['x'] } } }
