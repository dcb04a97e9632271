# An Apache with PHP, and a page that shows the greeting it reads from the database.
#
# One of these fits on a node.
#
# @param db_host      host of the database
# @param db_port      port of the database
# @param db_name      name of the database
# @param db_user      account to log in with
# @param db_password  its password
# @param listen       port on which Apache listens; a parameter named port would be given the database's
define lamp::web (
  String  $db_host,
  String  $db_name,
  String  $db_user,
  String  $db_password,
  Integer $db_port = 3306,
  Integer $listen  = 80,
) {
  package { ['apache2', 'libapache2-mod-php', 'php-mysql']:
    ensure => installed,
    before => Service['apache2'],
  }

  file { "/etc/apache2/lamp-${name}.php":
    ensure    => file,
    group     => 'www-data',
    mode      => '0640',
    show_diff => false,
    content   => Sensitive.new(epp('lamp/settings.php.epp', {
      'host'     => $db_host,
      'port'     => $db_port,
      'database' => $db_name,
      'user'     => $db_user,
      'password' => $db_password,
    })),
    require   => Package['apache2'],
  }

  file { "/var/www/${name}":
    ensure  => directory,
    mode    => '0755',
    require => Package['apache2'],
  }

  file { "/var/www/${name}/index.php":
    ensure  => file,
    mode    => '0644',
    content => epp('lamp/index.php.epp', { 'settings' => "/etc/apache2/lamp-${name}.php" }),
  }

  file { '/etc/apache2/ports.conf':
    ensure  => file,
    mode    => '0644',
    content => "Listen ${listen}\n",
    require => Package['apache2'],
    notify  => Service['apache2'],
  }

  file { "/etc/apache2/sites-enabled/${name}.conf":
    ensure  => file,
    mode    => '0644',
    content => "<VirtualHost *:${listen}>\n  DocumentRoot /var/www/${name}\n</VirtualHost>\n",
    require => Package['apache2'],
    notify  => Service['apache2'],
  }

  file { '/etc/apache2/sites-enabled/000-default.conf':
    ensure  => absent,
    require => Package['apache2'],
    notify  => Service['apache2'],
  }

  service { 'apache2':
    ensure => running,
    enable => true,
  }
}

# On the right stand the attributes of the Sql that is consumed.
Lamp::Web consumes Sql {
  db_host     => $host,
  db_port     => $port,
  db_name     => $database,
  db_user     => $user,
  db_password => $password,
}

# On the right stand this component's parameters and its node's facts.
Lamp::Web produces Http {
  host => $::fqdn,
  port => $listen,
  path => '/',
}
