type Mod::Settings = Struct[{ port => Mod::Port, Optional[name] => String[1], Optional[mode] => Mod::Either }]
