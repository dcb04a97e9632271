function m::f($x) {

  lookup('none')
}
