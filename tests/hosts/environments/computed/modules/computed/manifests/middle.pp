# Hands on what it got.
class computed::middle(String $host, Hash $settings) { }

Class['Computed::Middle'] consumes Vault { }
Class['Computed::Middle'] produces Relay {
  words => $settings['words'],
}
