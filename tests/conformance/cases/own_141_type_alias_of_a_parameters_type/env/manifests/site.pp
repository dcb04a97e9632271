define p(Optional[Sql] $x = undef) { }
site { }
