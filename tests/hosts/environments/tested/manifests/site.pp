# Service resources that are tested before use: one by its own provider, one over HTTP.
site {
  tested { 'one':
    nodes => {
      Node['mid.test'] => Tested::Maker['one'],
      Node['old.test'] => Tested::User['old'],
      Node['new.test'] => Tested::User['new'],
    },
  }
}
