define back($host) { }
Back['x'] produces Http { }
site { }
