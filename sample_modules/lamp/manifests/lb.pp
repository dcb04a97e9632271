# An nginx that hands requests on to the web servers in turn.
#
# @param backends  the web servers' service resources; their hosts and ports are read from them
# @param listen    port on which the balancer answers; two balancers on one node need two ports
define lamp::lb (
  Array[Type[Http], 1] $backends,
  Integer              $listen = 80,
) {
  include lamp::nginx

  $servers = $backends.map |$http| { "${http['host']}:${http['port']}" }

  file { "/etc/nginx/conf.d/lamp-${name}.conf":
    ensure  => file,
    mode    => '0644',
    content => epp('lamp/balancer.conf.epp', {
      'title'   => $name,
      'listen'  => $listen,
      'servers' => $servers,
    }),
    require => Package['nginx'],
    notify  => Service['nginx'],
  }
}

# No parameter is filled from one Http, as there are several: the component reads them all itself.
Lamp::Lb consumes Http { }

Lamp::Lb produces Http {
  host => $::fqdn,
  port => $listen,
  path => '/',
}
