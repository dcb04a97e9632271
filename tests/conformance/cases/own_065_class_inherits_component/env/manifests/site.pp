class base($host = 'b') { }
class dbsrv inherits base { }
Class[dbsrv] produces Sql { }
node 'n1' { class { 'dbsrv': export => Sql['m'] } }
