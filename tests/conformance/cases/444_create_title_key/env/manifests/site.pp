application a { create_resources('p', { 'x' => {title => 'q', export => Sql['s']} }) }
site { a { 'i': nodes => { Node['n1'] => P['x'] } } }
