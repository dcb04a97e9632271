# What every node of the site gets.
class mixed::base(String $motd = 'not looked up') {
  file { '/etc/mixed-base': content => "${motd}\n" }
}
