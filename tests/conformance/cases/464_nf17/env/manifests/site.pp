site { $x = lookup('q') }
