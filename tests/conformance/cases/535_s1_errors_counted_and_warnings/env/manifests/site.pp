application Farm { }
define Bad() { }
$h = { a => 1, a => 2 }
