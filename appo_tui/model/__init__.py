"""Applications, instances, components and the bindings between them, resolved."""
