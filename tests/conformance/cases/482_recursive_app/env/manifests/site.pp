application a { a { 'j': nodes => {} } }
site { a { 'i': nodes => {} } }
