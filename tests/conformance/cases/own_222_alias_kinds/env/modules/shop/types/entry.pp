type Shop::Entry = Struct[{ name => String[1], 'port' => Integer[-10, default], Optional['kind'] => Optional[Enum[a, b]] }]
