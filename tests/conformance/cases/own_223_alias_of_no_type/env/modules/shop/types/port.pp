type Shop::Port = [Integer, String]
