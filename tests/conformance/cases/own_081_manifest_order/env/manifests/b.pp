define back($host) { notice('b') }
Back produces Http { port => $late }
application farm { back { 'p': host => 1, export => Http['h'] } }
