application farm(M::Port $x) { }
site { farm { 'f': x => 'a', nodes => { } } }
