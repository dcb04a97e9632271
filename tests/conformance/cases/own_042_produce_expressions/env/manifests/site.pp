define store($host, $port = 3) { }
Store produces Sql { user => if $port == 3 { 'three' } else { 'no' }, password => case $host { 'h': { 'isH' } default: { 'x' } }, database => $port ? { 3 => 'p3', default => undef }, }
application data { store { 's': host => 'h', export => Sql['m'] } }
site { data { 'd': nodes => { Node['n1'] => Store['s'] } } }
