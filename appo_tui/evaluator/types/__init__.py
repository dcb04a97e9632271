"""Puppet's type system."""
