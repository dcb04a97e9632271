fail("${environment::f()}")
