define p { }
class p { }
define p { }
site { }
