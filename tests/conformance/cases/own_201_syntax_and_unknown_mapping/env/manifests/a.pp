define db() { }
Nope produces Cap { }
application shop() {
  db { 'd': }
}
