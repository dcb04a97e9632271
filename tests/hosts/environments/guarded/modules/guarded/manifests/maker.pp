# Hands its secret on, and says what a terminal would obey.
define guarded::maker(Sensitive[String] $login_secret) {
  notify { "control \u001b]0;taken\u0007\u001b[2J\u001b[1;1H[red]forged[/red]": }
  exec { 'slow': command => '/bin/sleep 1' }
  file { '/usr/local/share/guarded': source => 'puppet:///modules/guarded', recurse => true }
}

Guarded::Maker produces Vault {
  password => $login_secret,
}
