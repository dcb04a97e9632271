# Reads the service resource itself, and hands it on inside.
define mixed::front(
  Sensitive[String] $secret,
  String $chain,
) {
  $cache = Cachepoint["mixed-${name}"]['host']
  file { '/etc/mixed-front':
    content => "${chain} ${::puppetversion} from ${cache}\n",
    require => Cachepoint["mixed-${name}"],
  }
  file { '/etc/mixed-secret':
    content   => $secret.unwrap,
    mode      => '0600',
    show_diff => false,
  }
  mixed::inner { $name:
    consume => Cachepoint["mixed-${name}"],
    export  => Innerpoint["mixed-${name}"],
  }
}

Mixed::Front consumes Cachepoint { }

Mixed::Front produces Frontpoint {
  chain => "${chain} ${::puppetversion}",
}
