# Answers with the orders that are in the queue.
#
# @param queue_host  host of the queue
# @param queue_port  port of the queue
# @param listen      port on which the interface answers
define shop::api (
  String  $queue_host,
  Integer $queue_port,
  Integer $listen = 8102,
) {
  include lamp::nginx

  file { "/etc/nginx/conf.d/shop-api-${name}.conf":
    ensure  => file,
    mode    => '0644',
    content => epp('shop/proxy.conf.epp', {
      'port'   => $listen,
      'routes' => { '/orders' => "http://${queue_host}:${queue_port}/orders" },
    }),
    require => Package['nginx'],
    notify  => Service['nginx'],
  }
}

Shop::Api consumes Queue {
  queue_host => $host,
  queue_port => $port,
}

Shop::Api produces Http {
  host => $::fqdn,
  port => $listen,
  path => '/orders',
}
