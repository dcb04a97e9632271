# A MariaDB server with one database, the account that may use it, and a greeting in it.
#
# It listens on every address of its node, since the web servers are elsewhere.
# One of these fits on a node.
#
# @param user      account that the web servers log in with
# @param password  its password
# @param database  name of the database
# @param host      name under which other nodes reach this one
# @param port      port on which the server listens
# @param greeting  text that the web servers' page shows
define lamp::db (
  String  $user,
  String  $password,
  String  $database = $name,
  String  $host     = $::fqdn,
  Integer $port     = 3306,
  String  $greeting = 'Hello',
) {
  package { 'mariadb-server':
    ensure => installed,
  }

  file { '/etc/mysql/mariadb.conf.d/90-lamp.cnf':
    ensure  => file,
    mode    => '0644',
    content => "[mysqld]\nbind-address = 0.0.0.0\nport = ${port}\n",
    require => Package['mariadb-server'],
  }

  service { 'mariadb':
    ensure    => running,
    enable    => true,
    subscribe => File['/etc/mysql/mariadb.conf.d/90-lamp.cnf'],
  }

  # The account's password is in both files, so only root may read them, and it is on no command line.
  file { "/etc/mysql/lamp-${database}.sql":
    ensure    => file,
    mode      => '0600',
    show_diff => false,
    content   => Sensitive.new(epp('lamp/database.sql.epp', {
      'database' => $database,
      'user'     => $user,
      'password' => $password,
      'greeting' => $greeting,
    })),
    require   => Package['mariadb-server'],
  }

  file { "/etc/mysql/lamp-${database}.cnf":
    ensure    => file,
    mode      => '0600',
    show_diff => false,
    content   => Sensitive.new(epp('lamp/client.cnf.epp', {
      'user'     => $user,
      'password' => $password,
      'port'     => $port,
    })),
    require   => Package['mariadb-server'],
  }

  # Done when this very script was loaded and the account can read what it made.
  exec { "lamp: database ${database}":
    command  => "mariadb < lamp-${database}.sql && cp -p lamp-${database}.sql lamp-${database}.loaded",
    unless   => "cmp -s lamp-${database}.sql lamp-${database}.loaded && \
mariadb --defaults-file=lamp-${database}.cnf ${database} -e 'SELECT message FROM greeting'",
    cwd      => '/etc/mysql',
    provider => shell,
    path     => ['/usr/sbin', '/usr/bin', '/sbin', '/bin'],
    require  => [
      Service['mariadb'],
      File["/etc/mysql/lamp-${database}.sql"],
      File["/etc/mysql/lamp-${database}.cnf"],
    ],
  }
}

# The other attributes of Sql (host, port, database) are this component's parameters of the same name.
Lamp::Db produces Sql {
  user     => $user,
  password => $password,
}
