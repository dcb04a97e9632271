application farm(Struct[{a => Integer, Optional[b] => String}] $x) { }
site { farm { 'f': x => {a => 'q', c => 1}, nodes => { } } }
