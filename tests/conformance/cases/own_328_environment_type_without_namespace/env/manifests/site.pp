fail("${1 =~ T}")
