define back($host) { }
Back produces Http { }
application farm { back { 'p': host => 1, export => Http['hp'] } if $::osfamily == 'Debian' { back { 'q': host => 2, export => Http['hq'] } } }
site { farm { f: nodes => { Node['w1'] => [Back['p'], Back['q']] } } }
