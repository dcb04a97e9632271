# One instance across three generations of Puppet and OpenVox; what a node block says is applied with it.
node 'old.test' {
  file { '/etc/mixed-ordinary': content => "as ever\n" }
}

node default { }

site {
  include mixed::base

  mixed { 'one':
    secret => Sensitive('canary-3f9a'),
    nodes  => {
      Node['old.test'] => Mixed::Depot['one'],
      Node['mid.test'] => Class['Mixed::Cache'],
      Node['NEW.test'] => Mixed::Front['one'],
      Node['vox.test'] => Mixed::Watch['one'],
    },
  }
}
