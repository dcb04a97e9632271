application computed {
  computed::maker { $name:
    size   => 3,
    export => [Vault["computed-${name}"], Pass["computed-${name}"]],
  }
  class { 'computed::middle':
    consume => Vault["computed-${name}"],
    export  => Relay["computed-${name}"],
  }
  computed::user { $name:
    consume => [Vault["computed-${name}"], Pass["computed-${name}"], Relay["computed-${name}"]],
  }
}
