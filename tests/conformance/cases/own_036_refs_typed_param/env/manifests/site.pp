define back($host) { }
Back produces Http { }
application farm(Type[Http] $ref, Array[Type[Http]] $refs = [], Type[CatalogEntry] $x = Sql['q']) { back { 'p': host => $ref, export => $ref } }
site { farm { 'f': ref => Http['x'], refs => [Http['a']], nodes => { Node['n1'] => Back['p'] } } }
