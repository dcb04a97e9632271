  __module__ { 'first':
    nodes => {
      Node['server1.example.com'] => __Module__::Server['first'],
      Node['client1.example.com'] => __Module__::Client['first'],
    },
  }
