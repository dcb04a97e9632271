type Shop::Port = Variant[Integer, Stdlib::Port, Array[Shop::Nope[1]]]
