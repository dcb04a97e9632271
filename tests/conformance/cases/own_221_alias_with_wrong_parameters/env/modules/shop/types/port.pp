type Shop::Port = Optional[Integer[10, 1]]
