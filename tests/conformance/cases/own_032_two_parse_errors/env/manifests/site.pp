$x = site { }
application Foo { }
class Bar { }
