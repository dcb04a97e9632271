define back($host) { notify { "b": } }
Back produces Http { }
site { back { 'p': host => 1, export => Http['h'] } }
