"""Puppet's language, evaluated: syntax tree and facts to values."""
