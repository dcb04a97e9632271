define st($host) { }
define we($host) { }
St produces Sql { } We produces Http { }
define front($host) { }
Front consumes Sql { } Front consumes Http { }
application data { st { 'a': host => 'ha', export => Sql['a'] } we { 'b': host => 'hb', export => Http['b'] } front { 'f': consume => [Sql['a'], Http['b']] } }
site { data { 'd': nodes => { Node['n1'] => [St['a'], We['b']], Node['n2'] => Front['f'] } } }
