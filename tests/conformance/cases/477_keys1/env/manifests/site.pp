define d($host = {1 => 'i', 1.0 => 'f', true => 't', '1' => 's'}, $port = {[1,2] => 'a', {b => 1} => 'h'}[{b => 1}]) { }
D produces Sql { user => $host[true], database => $host.keys }
application a { d { 'x': export => Sql['s'] } }
site { a { 'i': nodes => { Node['n1'] => D['x'] } } }
