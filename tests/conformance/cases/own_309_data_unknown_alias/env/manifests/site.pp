notice(lookup('a', default_value => 1))
$x = lookup('a', {default_value => 1})
