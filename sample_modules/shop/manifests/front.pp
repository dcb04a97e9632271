# The shop's pages: the orders from the interface, and the totals from the worker.
#
# @param api_url    where the orders are
# @param data_host  host of the totals
# @param data_port  port of the totals
# @param data_file  name of the file with the totals
# @param listen     port on which the pages are
define shop::front (
  String  $api_url,
  String  $data_host,
  Integer $data_port,
  String  $data_file,
  Integer $listen = 8104,
) {
  include lamp::nginx

  file { "/etc/nginx/conf.d/shop-front-${name}.conf":
    ensure  => file,
    mode    => '0644',
    content => epp('shop/proxy.conf.epp', {
      'port'   => $listen,
      'routes' => {
        '/orders' => $api_url,
        '/'       => "http://${data_host}:${data_port}/${data_file}",
      },
    }),
    require => Package['nginx'],
    notify  => Service['nginx'],
  }
}

Shop::Front consumes Http {
  api_url => "http://${host}:${port}${path}",
}

Shop::Front consumes Dataset {
  data_host => $host,
  data_port => $port,
  data_file => $file,
}

Shop::Front produces Http {
  host => $::fqdn,
  port => $listen,
  path => '/',
}
