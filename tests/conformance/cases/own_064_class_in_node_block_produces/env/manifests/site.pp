class dbsrv($host) { }
Class[dbsrv] produces Sql { user => 'u' }
class web($host, $user) { }
Class[web] consumes Sql { }
node 'n1' { class { 'dbsrv': host => 1, export => Sql['m'] } }
node 'n2' { class { 'web': consume => Sql['m'] } }
