# The instances of this environment, and which component of each goes on which node.

site {
  lamp { 'app1':
    db_password => 'sample-password-1',
    webs        => 2,
    greeting    => 'Hello from app1',
    nodes       => {
      Node['db1.test']  => Lamp::Db['app1'],
      Node['web1.test'] => Lamp::Web['app1-1'],
      Node['web2.test'] => Lamp::Web['app1-2'],
      Node['lb1.test']  => Lamp::Lb['app1'],
    },
  }

  # Smaller, and its balancer shares lb1.test with the first instance's.
  lamp { 'app2':
    db_password => 'sample-password-2',
    greeting    => 'Hello from app2',
    listen      => 8080,
    nodes       => {
      Node['db2.test']  => Lamp::Db['app2'],
      Node['web3.test'] => Lamp::Web['app2-1'],
      Node['lb1.test']  => Lamp::Lb['app2'],
    },
  }

  shop { 'store':
    orders => ['apples', 'pears', 'plums'],
    nodes  => {
      Node['queue1.test']  => Shop::Queue['store'],
      Node['api1.test']    => Shop::Api['store'],
      Node['worker1.test'] => Shop::Worker['store'],
      Node['front1.test']  => Shop::Front['store'],
      Node['edge1.test']   => Shop::Edge['store'],
    },
  }

  # It consumes what instances of two other applications produce.
  shop::watch { 'all':
    sites => [Http['lb-app1'], Http['edge-store']],
    nodes => {
      Node['watch1.test'] => Shop::Probe['all'],
    },
  }
}
