application paced {
  paced::step { 'first': export => Pace['one'] }
  paced::step { 'then': consume => Pace['one'] }
}
