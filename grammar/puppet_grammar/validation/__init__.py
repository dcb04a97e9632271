"""What Puppet refuses after parsing, in Puppet's words."""

from __future__ import annotations

from puppet_grammar.validation.checking import validate

__all__ = ["validate"]
