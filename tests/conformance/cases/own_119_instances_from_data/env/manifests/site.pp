define back($ip, $end = undef) { }
Back produces Http { }
define front($ip = 'none') { }
Front consumes Http { }
application farm($ip, $title_of_front = 'f') {
  back { 'p': ip => $ip, export => Http['h'] }
  front { $title_of_front: consume => Http['h'] }
}
$instances = {
  'Farm' => {
    'one' => {
      'ip'    => '10.0.0.1',
      'nodes' => { 'Node[n1]' => ['Back[p]'], 'Node[n2.example]' => 'Front[f]' },
    },
  },
}
site {
  $instances.each |String $type, $of_type| {
    $of_type.each |String $title, $given| {
      Resource[$type] { $title: * => $given.resolve_resources }
    }
  }
}
