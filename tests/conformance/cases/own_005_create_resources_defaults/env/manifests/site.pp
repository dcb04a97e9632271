define back($host) { }
Back produces Http { }
application farm { create_resources('back', { 'p' => { 'export' => Http['hp'] }, 'q' => { 'host' => 'own', 'export' => Http['hq'] } }, { 'host' => 'dflt' }) }
site { farm { 'f': nodes => { Node['n1'] => Back['p', 'q'] } } }
