function m::up(String $s, Integer $n = 1) >> Integer { "${s}${n}" }
