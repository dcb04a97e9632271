# Declared in a component's body, with the attributes that only old Puppets know.
define mixed::inner {
  file { '/etc/mixed-inner': content => "inside\n" }
}
