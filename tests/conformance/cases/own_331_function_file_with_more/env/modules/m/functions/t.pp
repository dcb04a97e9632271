function m::t() { 1 }
notice('x')
