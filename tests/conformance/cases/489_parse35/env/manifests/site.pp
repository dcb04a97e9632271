type X = Integer
type X = String
site { }
