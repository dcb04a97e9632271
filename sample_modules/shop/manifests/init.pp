# A shop in four tiers: a queue, an interface and a worker that read it, pages made from both, and an edge.
#
# @param orders  what was ordered, oldest first
application shop (
  Array[String] $orders = [],
) {
  shop::queue { $name:
    orders => $orders,
    export => Queue["orders-${name}"],
  }

  shop::api { $name:
    consume => Queue["orders-${name}"],
    export  => Http["api-${name}"],
  }

  shop::worker { $name:
    consume => Queue["orders-${name}"],
    export  => Dataset["totals-${name}"],
  }

  shop::front { $name:
    consume => [Http["api-${name}"], Dataset["totals-${name}"]],
    export  => Http["front-${name}"],
  }

  shop::edge { $name:
    consume => Http["front-${name}"],
    export  => Http["edge-${name}"],
  }
}
