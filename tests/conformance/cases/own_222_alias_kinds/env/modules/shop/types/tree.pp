type Shop::Tree = Variant[String, Array[Shop::Tree], Hash[String, Shop::Tree]]
