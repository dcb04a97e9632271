lookup("'a")
