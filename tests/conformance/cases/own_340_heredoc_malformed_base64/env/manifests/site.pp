$x = @("END":base64)
  %%%
  | END
