$x = lookup('a', {default_value => 1})
