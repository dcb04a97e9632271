fail("${m::g()}")
