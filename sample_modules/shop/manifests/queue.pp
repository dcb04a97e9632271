# Keeps the orders, and lets other nodes read them.
#
# @param orders  what was ordered, oldest first
# @param listen  port on which the queue is read
define shop::queue (
  Array[String] $orders,
  Integer       $listen = 8101,
) {
  include lamp::nginx

  $lines = $orders.map |$order| { "${order}\n" }

  file { "/srv/shop-queue-${name}":
    ensure => directory,
    mode   => '0755',
  }

  file { "/srv/shop-queue-${name}/orders":
    ensure  => file,
    mode    => '0644',
    content => $lines.join(''),
  }

  file { "/etc/nginx/conf.d/shop-queue-${name}.conf":
    ensure  => file,
    mode    => '0644',
    content => epp('shop/files.conf.epp', { 'port' => $listen, 'root' => "/srv/shop-queue-${name}" }),
    require => Package['nginx'],
    notify  => Service['nginx'],
  }
}

Shop::Queue produces Queue {
  host   => $::fqdn,
  port   => $listen,
  length => $orders.length,
}
