fail("${1 =~ M}")
