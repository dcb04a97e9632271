# A probe of pages that other applications bring.
#
# @param sites  the pages' service resources
application shop::watch (
  Array[Type[Http], 1] $sites,
) {
  shop::probe { $name:
    sites   => $sites,
    consume => $sites,
  }
}
