class lamp::params {
  assert_private()
  $host = 'inside'
}
