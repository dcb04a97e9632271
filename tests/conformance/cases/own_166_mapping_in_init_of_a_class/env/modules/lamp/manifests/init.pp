application lamp() { lamp::db { 'd': export => Cap['c'] } }
Lamp::Db produces Cap { host => "from init ${size}" }
