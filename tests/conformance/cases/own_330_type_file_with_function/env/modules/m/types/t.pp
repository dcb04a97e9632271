function m::t() { 1 }
