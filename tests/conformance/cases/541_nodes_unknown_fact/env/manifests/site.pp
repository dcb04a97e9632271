define store($host) { }
Store produces Sql { }
application data { store { 's': host => 1, export => Sql['m'] } }
site { data { 'd': nodes => $facts['map'] } }
