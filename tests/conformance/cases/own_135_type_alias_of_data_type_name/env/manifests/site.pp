type Integer = String
site { }
