type T = Integer
