site {
  shop { 's': nodes => { Node['n1'] => Db['d'] }
}
