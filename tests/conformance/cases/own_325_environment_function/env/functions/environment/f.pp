function environment::f() { 5 }
