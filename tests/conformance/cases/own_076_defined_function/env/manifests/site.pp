define back($host) { }
Back produces Http { }
application farm { $a = defined(Back['p']) back { 'p': host => [defined('back'), defined('nope'), defined('farm'), defined(Http), defined('$name'), defined('$zzz'), $a], export => Http['h'] } $b = defined(Back['p']) if $b { back { 'q': host => 1, export => Http['g'] } } }
site { farm { 'f': nodes => { Node['n1'] => Back['p', 'q'] } } }
