application farm { }
if false { site { farm { 'f': nodes => { } } } }
