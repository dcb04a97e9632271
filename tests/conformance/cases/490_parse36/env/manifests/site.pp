function f() { } function f() { }
site { }
