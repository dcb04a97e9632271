define p($host = 'ph', $port = 1) { }
P produces Sql { }
define c($host = 'dh', $port = 2) { }
C consumes Sql { }
