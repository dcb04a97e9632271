# A mapping need not be in its module, and a block may hold nothing else.
if true {
  Class['Mixed::Cache'] produces Cachepoint {
    host  => $::fqdn,
    chain => "${release} ${::puppetversion}",
  }
}
