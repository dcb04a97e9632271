"""A directory of Puppet code and what is in it, without running or resolving any of it."""
