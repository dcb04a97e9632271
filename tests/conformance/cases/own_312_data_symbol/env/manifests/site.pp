notice(lookup('a'), type(lookup('a')), lookup('b'))
