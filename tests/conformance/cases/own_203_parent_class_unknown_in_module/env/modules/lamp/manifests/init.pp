class lamp(
  $port = 80,
) inherits ::lamp::params {
}
