application a { if $facts['role'] == 'db' { p { 'x': export => Sql['s'] } } else { p { 'z': export => Sql['s'] } } }
site { a { 'i': nodes => { Node['n1'] => P['z'] } } }
