# What the maker exports is known only when its own Puppet has run a Ruby function.
site {
  computed { 'one':
    nodes => {
      Node['maker.test']  => Computed::Maker['one'],
      Node['middle.test'] => Class['Computed::Middle'],
      Node['user.test']   => Computed::User['one'],
    },
  }
  computed::alone { 'old':
    nodes => {
      Node['maker.test'] => [Computed::Maker['old'], Computed::Again['old'], Computed::User['old']],
    },
  }
  computed::alone { 'new':
    nodes => {
      Node['middle.test'] => [Computed::Maker['new'], Computed::Again['new'], Computed::User['new']],
    },
  }
}
