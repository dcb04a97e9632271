application a($v = 1) { p { "x${name}": port => $v, export => Sql["s${name}"] } }
site { a { ['i', 'j']: nodes => { Node['n1'] => P['xi'] } } }
