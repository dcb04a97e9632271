define back($ip) { }
Back produces Http { }
define plain($size) { }
class base { plain { 'x': } }
application farm { back { 'p': ip => 1, export => Http['h'] } }
site { farm { 'f': nodes => { Node['n1'] => Back['p'], } } }
node default { include base }
