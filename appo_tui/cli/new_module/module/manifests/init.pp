# The application: which components there are, and what flows between them. It is no class and no define:
# declare it in a site block.
#
# @param port  port on which the server answers
application __module__ (
  Integer $port = 8000,
) {
  # `export` names the service resource that this component produces ...
  __module__::server { $name:
    port   => $port,
    export => __Module___endpoint["__module__-${name}"],
  }

  # ... and `consume` makes this one wait for it, and fills its parameters from it.
  __module__::client { $name:
    consume => __Module___endpoint["__module__-${name}"],
  }
}
