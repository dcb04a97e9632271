# This component needs a server: its parameters come from the service resource that it consumes.
#
# @param server_host  host of the server
# @param server_port  port of the server
define __module__::client (
  String  $server_host,
  Integer $server_port,
) {
  file { "/etc/__module__-client-${name}.conf":
    ensure  => file,
    content => "server = ${server_host}:${server_port}\n",
  }
}

# On the left this component's parameters, on the right the attributes of the service resource.
__Module__::Client consumes __Module___endpoint {
  server_host => $host,
  server_port => $port,
}
