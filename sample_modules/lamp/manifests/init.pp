# A page from a database: one database, some web servers, and a balancer before them.
#
# @param db_password  password of the database account
# @param db_user      name of the database account
# @param webs         how many web servers there are
# @param greeting     text that is kept in the database and shown by the page
# @param listen       port on which the balancer answers
application lamp (
  String     $db_password,
  String     $db_user  = 'lamp',
  Integer[1] $webs     = 1,
  String     $greeting = 'Hello from the database',
  Integer    $listen   = 80,
) {
  lamp::db { $name:
    user     => $db_user,
    password => $db_password,
    greeting => $greeting,
    export   => Sql["db-${name}"],
  }

  $backends = Integer[1, $webs].map |$number| {
    lamp::web { "${name}-${number}":
      consume => Sql["db-${name}"],
      export  => Http["web-${name}-${number}"],
    }
    Http["web-${name}-${number}"]
  }

  lamp::lb { $name:
    backends => $backends,
    listen   => $listen,
    consume  => $backends,
    export   => Http["lb-${name}"],
  }
}
