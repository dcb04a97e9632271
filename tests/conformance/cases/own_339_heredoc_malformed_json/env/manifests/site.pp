$v = 1
$x = @("END":json)
  {"a": $v,}
  | END
