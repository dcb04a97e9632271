define back($host) { }
Back produces Http
