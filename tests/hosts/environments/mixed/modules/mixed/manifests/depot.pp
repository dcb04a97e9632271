# A server that answers on a port.
define mixed::depot(
  Integer $port,
) {
  file { '/usr/local/lib/depot.rb': source => 'puppet:///modules/mixed/depot.rb' }
  -> exec { "depot ${title}":
    command => "ruby /usr/local/lib/depot.rb ${port}",
    unless  => "ruby -rsocket -e 'TCPSocket.new(%q(localhost), ${port})'",
    path    => ['/usr/bin', '/bin'],
  }
}

Mixed::Depot produces Depot {
  host    => $::fqdn,
  port    => $port,
  release => $::puppetversion,
}
