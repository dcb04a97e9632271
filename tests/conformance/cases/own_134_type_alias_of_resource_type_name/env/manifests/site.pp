type File = Integer
site { }
