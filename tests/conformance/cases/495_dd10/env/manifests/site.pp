type X = Integer
site { }
