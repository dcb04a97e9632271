# All of it on one node: what is computed there is used there.
application computed::alone {
  computed::maker { $name:
    size   => 4,
    export => [Vault["alone-${name}"], Pass["alone-${name}"]],
  }
  computed::again { $name:
    consume => Vault["alone-${name}"],
    export  => Relay["alone-${name}"],
  }
  computed::user { $name:
    consume => [Vault["alone-${name}"], Pass["alone-${name}"], Relay["alone-${name}"]],
  }
}
