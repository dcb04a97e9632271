# A class as a component: its size is hiera's, the rest is consumed.
class mixed::cache(
  String $host,
  Integer $port,
  String $release,
  Integer $size,
) {
  file { '/etc/mixed-cache': content => "${host}:${port} ${release} ${size}\n" }
}

Class['Mixed::Cache'] consumes Depot { }
