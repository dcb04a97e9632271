application a { p { ['a', ['b']]: export => Sql['s'] } }
site { a { 'i': nodes => { } } }
