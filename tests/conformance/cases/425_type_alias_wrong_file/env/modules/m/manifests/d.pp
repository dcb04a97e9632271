define m::d(M::Port $port) { }
M::D produces Sql { }
