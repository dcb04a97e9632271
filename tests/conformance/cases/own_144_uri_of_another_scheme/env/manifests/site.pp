application a(URI[{scheme => 'https'}] $u) { }
site { a { 'i': u => URI('http://example.com'), nodes => {} } }
