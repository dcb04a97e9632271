"""Jobs: a plan carried out on nodes, as a list of events."""
