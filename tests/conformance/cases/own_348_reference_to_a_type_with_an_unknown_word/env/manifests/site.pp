$x = Sql['a']
