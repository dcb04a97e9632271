define tested::maker() { }

Tested::Maker produces Gate {
  file => '/run/gate',
}

Tested::Maker produces Page {
  host          => $::fqdn,
  port          => 8088,
  path          => '/health',
  status_codes  => [200, 204],
  ping_interval => 1,
  timeout       => 2,
}
