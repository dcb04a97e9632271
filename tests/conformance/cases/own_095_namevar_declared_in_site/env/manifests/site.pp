define p(String $host = 'h') { }
P produces Cap { host => $host }
define c(Optional[String] $host = undef) { }
C consumes Cap { host => $host }
site { cap { 'k': } }
