fail("${f()}")
