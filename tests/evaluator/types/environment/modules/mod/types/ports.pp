type Mod::Ports = Array[Mod::Port, 1]
