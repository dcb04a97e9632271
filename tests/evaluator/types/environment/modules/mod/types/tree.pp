type Mod::Tree = Hash[String, Variant[String, Mod::Tree]]
