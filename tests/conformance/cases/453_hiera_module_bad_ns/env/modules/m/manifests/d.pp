define m::d($host = lookup('other::h')) { }
M::D produces Sql { }
