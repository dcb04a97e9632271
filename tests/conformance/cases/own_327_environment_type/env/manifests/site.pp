fail("${1 =~ Environment::T}")
