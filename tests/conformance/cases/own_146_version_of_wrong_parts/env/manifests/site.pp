application a($v = SemVer(1, 2, 'x')) { }
site { a { 'i': nodes => {} } }
