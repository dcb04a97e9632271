function f(Integer $x) { $x }
f(1) |$b| { 1 }
