class k($host = 1) { }
Class['k'] produces Sql { }
site { }
node 'n1' {
  class { 'k': export => Sql['s'] }
}
