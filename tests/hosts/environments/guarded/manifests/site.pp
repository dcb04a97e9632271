# Titles and texts as an enemy would write them, and a secret that must not get out.
site {
  guarded { '../../etc/pwned; touch /etc/pwned-1 $(touch /etc/pwned-2) `touch /etc/pwned-3`':
    secret => Sensitive('canary-81c2'),
    nodes  => {
      Node['maker.test'] => Guarded::Maker['one'],
      Node['user.test']  => Guarded::User["it's \$(touch /etc/pwned-4)\n'; touch /etc/pwned-5"],
    },
  }
}
