application a($u) { }
site { a { 'i': u => URI('http://a b'), nodes => {} } }
