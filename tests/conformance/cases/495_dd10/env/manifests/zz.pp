type X = Integer
