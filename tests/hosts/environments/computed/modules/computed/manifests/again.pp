# Hands on what it got, and more than once on a node.
define computed::again(String $host, Hash $many, Integer $size = $many['size'] + 1) { }

Computed::Again consumes Vault {
  many => $settings + { 'from' => "${name} on ${host}" },
}
Computed::Again produces Relay {
  words => $many['words'] + $many['from'] + "size ${size}",
}
