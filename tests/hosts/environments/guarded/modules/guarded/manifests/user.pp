# Uses the secret that it consumed.
define guarded::user(Sensitive[String] $password) {
  file { '/etc/guarded':
    content   => $password.unwrap,
    mode      => '0600',
    show_diff => false,
  }
  exec { 'slow': command => '/bin/sleep 1' }
}

Guarded::User consumes Vault { }
