notify { $::ipaddress: }
site { }
