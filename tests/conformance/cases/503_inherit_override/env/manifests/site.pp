class base { p { 'b': host => 'base', export => Sql['b'] } }
class k inherits base { P['b'] { host => 'over' } }
define p($host = 1) { }
P produces Sql { }
node 'n1' { include k }
site { }
