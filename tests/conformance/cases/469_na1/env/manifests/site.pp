application a(
  $x = lookup('none')) { p { 'y': export => Sql['s'] } }
site { a { 'i': nodes => { Node['n2'] => P['y'] } } }
