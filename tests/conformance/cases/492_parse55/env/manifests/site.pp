application a { p { 'x': export => Sql['s'], } }
define p($host = @("END"), $port = @(E/L)) { }
  multi
    line
  | END
  x\
  y
  |- E
P produces Sql { }
site { a { 'i': nodes => { Node['n'] => P['x'] } } }
