function m::f() { 1 }
function m::g() { 1 }
