$x = M::T
