application guarded(Sensitive[String] $secret) {
  guarded::maker { 'one':
    login_secret => $secret,
    export       => Vault['one'],
  }
  guarded::user { "it's \$(touch /etc/pwned-4)\n'; touch /etc/pwned-5":
    consume => Vault['one'],
  }
}
