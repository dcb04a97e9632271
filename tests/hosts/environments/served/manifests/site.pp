# Two agents of a server, ordered by what one makes and the other consumes; a fact of the one is the value.
node default { }

site {
  served { 'one':
    nodes => {
      Node['first.test'] => Served::Step['first'],
      Node['then.test']  => Served::Step['then'],
    },
  }
}
