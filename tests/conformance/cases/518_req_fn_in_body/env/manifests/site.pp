define store($host) { }
Store produces Sql { }
class k { notify { 'k': } }
application data { require k store { 's': host => 'h', export => Sql['m'] } }
site { data { 'd': nodes => { Node['n1'] => Store['s'] } } }
