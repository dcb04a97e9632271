# Consumes from its neighbour and from the far end of the chain.
define mixed::watch(
  String $chain,
  String $host,
) {
  file { '/etc/mixed-watch': content => "${chain} ${::puppetversion} watches ${host}\n" }
}

Mixed::Watch consumes Frontpoint { }
Mixed::Watch consumes Depot { }
