Q produces Foo { ensure => present }
define q($a = 1) { }
application a { q { 'x': export => Foo['s'] } }
site { a { 'i': nodes => { Node['n1'] => Q['x'] } } }
