site { lamp { 'i': nodes => { Node['n1'] => Lamp::Db['d'] } } }
