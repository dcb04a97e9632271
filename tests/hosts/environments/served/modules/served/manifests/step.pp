# Leaves a file, and fails where somebody wants it to.
define served::step {
  file { '/etc/served': content => "${title}\n" }
  exec { 'unless somebody says no':
    command => '/usr/bin/test ! -e /etc/say-no',
    unless  => '/usr/bin/test ! -e /etc/say-no',
  }
}

Served::Step produces Stage_done { }
Served::Step consumes Stage_done { }
