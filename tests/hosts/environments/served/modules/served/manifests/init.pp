application served {
  served::step { 'first': export => Stage_done['one'] }
  served::step { 'then': consume => Stage_done['one'] }
}
