function m::g() { f() }
