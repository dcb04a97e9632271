type Mod::Either = Variant[Mod::Port, Enum['auto', 'none']]
