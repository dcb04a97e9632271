"""What a file ``lib/puppet/type/*.rb`` says of the resource type that it defines. Ruby is never run."""

from __future__ import annotations

from puppet_grammar.ruby_types.model import RubyParameter, RubyType, RubyTypeError, RubyWarning
from puppet_grammar.ruby_types.reading import read_type

__all__ = ["RubyParameter", "RubyType", "RubyTypeError", "RubyWarning", "read_type"]
