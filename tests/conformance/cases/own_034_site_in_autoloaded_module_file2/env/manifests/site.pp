define back($host) { }
Back produces Http { }
include m
