class k($host) { }
Class['k'] produces Sql { }
node 'n1' {
  class { 'k': export => Sql['s'] }
}
site { }
