site { $x = lookup('r') }
