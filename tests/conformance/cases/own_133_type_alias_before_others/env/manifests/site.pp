type P = Integer
define p { }
type K = Integer
class k { }
application a() { }
type A = Integer
type Sql = Integer
site { }
