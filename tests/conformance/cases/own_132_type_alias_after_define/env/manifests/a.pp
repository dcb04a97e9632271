class k {
  define p($x = 1) { }
}
