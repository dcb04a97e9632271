type Shop::Web = Enum['a', 'b']
