with(1) |Integer $x, Optional[String]   $y| { 1 }
