define c2($host = 1) { }
C2 consumes Sql {
  host =>
    lookup('none')
}
application a {
  c2 { 'x':
    consume => Sql['s']
  }
  p { 'y': export => Sql['s'] }
}
site { a { 'i': nodes => { Node['n1'] => [C2['x']], Node['n2'] => P['y'] } } }
