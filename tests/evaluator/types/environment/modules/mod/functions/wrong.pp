function mod::wrong() >> Integer {
  'x'
}
