application farm(Integer $x, String $y) { }
site { farm { 'f': x => 'str', z => 2, nodes => { } } }
