"""A job's log on the screen: what is kept of it, searched, filtered and drawn."""
