function f($a = 1, Integer $b) { 1 }
f(1, 2)
