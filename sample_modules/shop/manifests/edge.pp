# What the world reaches of the shop.
#
# @param front_url  where the pages are
# @param listen     port on which the world asks
define shop::edge (
  String  $front_url,
  Integer $listen = 80,
) {
  include lamp::nginx

  file { "/etc/nginx/conf.d/shop-edge-${name}.conf":
    ensure  => file,
    mode    => '0644',
    content => epp('shop/proxy.conf.epp', { 'port' => $listen, 'routes' => { '/' => $front_url } }),
    require => Package['nginx'],
    notify  => Service['nginx'],
  }
}

Shop::Edge consumes Http {
  front_url => "http://${host}:${port}${path}",
}

Shop::Edge produces Http {
  host => $::fqdn,
  port => $listen,
  path => '/',
}
