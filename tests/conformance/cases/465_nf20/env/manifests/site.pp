site { $x = lookup('q', {merge => 'nope'}) }
