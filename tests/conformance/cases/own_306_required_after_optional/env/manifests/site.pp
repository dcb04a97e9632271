with(1) |$a = 1, Integer $b| { }
