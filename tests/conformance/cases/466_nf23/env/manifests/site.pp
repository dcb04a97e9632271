site { $x = lookup('l.0') notice("got ${x}") $y = lookup('l.x') }
