"""Job plans: in which order the nodes of a target run, and why."""
