define d(Integer *$a) { }
