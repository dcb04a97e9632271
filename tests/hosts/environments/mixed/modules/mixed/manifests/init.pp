application mixed(
  Sensitive[String] $secret,
  Integer $port = 7077,
) {
  mixed::depot { $name:
    port   => $port,
    export => Depot["mixed-${name}"],
  }
  class { 'mixed::cache':
    consume => Depot["mixed-${name}"],
    export  => Cachepoint["mixed-${name}"],
  }
  mixed::front { $name:
    secret  => $secret,
    consume => Cachepoint["mixed-${name}"],
    export  => Frontpoint["mixed-${name}"],
  }
  mixed::watch { $name:
    consume => [Frontpoint["mixed-${name}"], Depot["mixed-${name}"]],
  }
}
