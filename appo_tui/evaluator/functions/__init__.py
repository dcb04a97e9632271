"""Puppet's functions, in one registry."""
