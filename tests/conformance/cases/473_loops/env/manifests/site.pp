Q produces Foo { }
define q($a = 1, $b = 2, $c = 3) { }
define r($a = 11, $b = 12, $c = 13) { }
R consumes Foo { }
application a { q { 'x': export => Foo['s'] } r { 'y': consume => Foo['s'] } }
site { a { 'i': nodes => { Node['n1'] => Q['x'], Node['n2'] => R['y'] } } }
