type K::P = Integer
site { }
