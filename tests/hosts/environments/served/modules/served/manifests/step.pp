# Leaves a file with the word that it heard; waits, and fails, where somebody wants it to.
define served::step($heard = 'nothing') {
  exec { 'while somebody holds it':
    command => '/bin/sh -c "while [ -e /etc/hold ]; do sleep 0.1; done"',
    onlyif  => '/usr/bin/test -e /etc/hold',
  }
  -> file { '/etc/served': content => "${title} heard ${heard}\n" }
  exec { 'unless somebody says no':
    command => '/usr/bin/test ! -e /etc/say-no',
    unless  => '/usr/bin/test ! -e /etc/say-no',
  }
}

Served::Step produces Stage_done { word => $facts['spoken'] }
Served::Step consumes Stage_done { heard => $word }
