# Writes down what it got.
define computed::user(Sensitive[String] $token, Hash $settings, Array $words) {
  file { '/etc/computed':
    content => inline_template('<%= @settings["size"] %> <%= @words.join(",") %>'),
  }
  file { '/etc/computed-token':
    content   => $token.unwrap,
    mode      => '0600',
    show_diff => false,
  }
}

Computed::User consumes Vault { }
Computed::User consumes Pass { }
Computed::User consumes Relay { }
