# Two nodes, one after the other.
site {
  paced { 'one':
    nodes => {
      Node['first.test'] => Paced::Step['first'],
      Node['then.test']  => Paced::Step['then'],
    },
  }
}
