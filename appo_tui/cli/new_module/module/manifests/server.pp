# A component is an ordinary define: its body holds ordinary resources, and Puppet applies it on the node.
#
# @param port  port on which the server answers
# @param host  name under which other nodes reach this one
define __module__::server (
  Integer $port,
  String  $host = $::fqdn,
) {
  file { "/etc/__module__-${name}.conf":
    ensure  => file,
    content => "port = ${port}\n",
  }
}

# Outside the define: how its parameters and its node's facts become the service resource's attributes.
# An attribute that has a parameter's name (port, host) needs no line; they stand here to show the form.
__Module__::Server produces __Module___endpoint {
  host => $host,
  port => $port,
}
