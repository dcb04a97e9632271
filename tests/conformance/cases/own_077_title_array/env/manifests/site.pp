define back($host) { }
Back produces Http { }
application farm { back { ['p', 'q']: host => $title, export => Http["h-${title}"] } }
site { farm { 'f': nodes => { Node['n1'] => Back['p', 'q'] } } }
