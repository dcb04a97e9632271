# Counts the orders of the queue once, and lets other nodes read the result.
#
# @param queue_host  host of the queue
# @param queue_port  port of the queue
# @param length      how many orders the queue starts with
# @param listen      port on which the result is read
define shop::worker (
  String  $queue_host,
  Integer $queue_port,
  Integer $length,
  Integer $listen = 8103,
) {
  include lamp::nginx

  file { "/srv/shop-totals-${name}":
    ensure => directory,
    mode   => '0755',
  }

  exec { "shop: totals of ${name}":
    command  => "curl --fail --silent --show-error --output orders http://${queue_host}:${queue_port}/orders && \
echo \"$(wc -l < orders) of ${length} orders\" > totals",
    creates  => "/srv/shop-totals-${name}/totals",
    cwd      => "/srv/shop-totals-${name}",
    provider => shell,
    path     => ['/usr/bin', '/bin'],
    require  => File["/srv/shop-totals-${name}"],
  }

  file { "/etc/nginx/conf.d/shop-worker-${name}.conf":
    ensure  => file,
    mode    => '0644',
    content => epp('shop/files.conf.epp', { 'port' => $listen, 'root' => "/srv/shop-totals-${name}" }),
    require => Package['nginx'],
    notify  => Service['nginx'],
  }
}

# `length` is a parameter of the same name, and so needs no line here.
Shop::Worker consumes Queue {
  queue_host => $host,
  queue_port => $port,
}

Shop::Worker produces Dataset {
  host => $::fqdn,
  port => $listen,
  file => 'totals',
}
