function f() { 5 }
