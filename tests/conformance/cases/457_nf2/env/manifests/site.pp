define d($host = 1) { }
D produces Sql {
  host =>
    lookup('none')
}
application a {
  d { 'x':
    export => Sql['s']
  }
}
site { a { 'i': nodes => { Node['n1'] => [D['x']] } } }
