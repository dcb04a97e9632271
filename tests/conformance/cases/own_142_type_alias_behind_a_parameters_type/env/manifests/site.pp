define p(Optional[Sql] $x = undef) { }
type Sql = String
site { }
