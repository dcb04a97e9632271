Q produces Foo { a => 5 }
define q($provider = 'tcp', $host = 'h', $timeout = 3) { }
application a { q { 'x': export => Foo['s'] } }
site { a { 'i': nodes => { Node['n1'] => Q['x'] } } }
