# Asks a list of pages whether they answer, and keeps what they said.
#
# @param sites  the pages' service resources
define shop::probe (
  Array[Type[Http], 1] $sites,
) {
  $urls = $sites.map |$http| { "http://${http['host']}:${http['port']}${http['path']}" }

  file { '/var/lib/shop':
    ensure => directory,
    mode   => '0755',
  }

  file { "/var/lib/shop/probe-${name}":
    ensure  => file,
    mode    => '0755',
    content => epp('shop/probe.sh.epp', { 'urls' => $urls }),
  }

  exec { "shop: probe ${name}":
    command => "/var/lib/shop/probe-${name}",
    creates => '/var/lib/shop/answers',
    cwd     => '/var/lib/shop',
    path    => ['/usr/bin', '/bin'],
    require => File["/var/lib/shop/probe-${name}"],
  }
}

Shop::Probe consumes Http { }
