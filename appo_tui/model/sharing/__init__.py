"""Code that is evaluated once for all nodes that answer it alike (docs/decisions/0009)."""
