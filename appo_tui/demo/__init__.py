"""An SSH fleet on loopback whose nodes simulate Puppet."""
