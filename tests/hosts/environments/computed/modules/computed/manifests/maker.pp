# Makes a token that nobody else can work out.
define computed::maker(Integer $size, String $prefix = computed::token('t')) { }

Computed::Maker produces Vault {
  host     => $::fqdn,
  settings => {
    'words' => [computed::token('w'), $prefix], # of two lines
    'size'  => $size,
  },
}

Computed::Maker produces Pass {
  token => Sensitive(computed::token("s-${size}")),
}
