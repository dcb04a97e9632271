"""What a file ``lib/puppet/type/*.rb`` says of the resource type that it defines. Ruby is never run."""

from __future__ import annotations

from puppet_grammar.ruby_types.model import (
    NoRubyTypeError,
    RubyParameter,
    RubyType,
    RubyTypeError,
    RubyWarning,
)

__all__ = ["NoRubyTypeError", "RubyParameter", "RubyType", "RubyTypeError", "RubyWarning", "read_type"]


def read_type(text: str, file: str | None = None) -> RubyType:
    """Returns the resource type that a Ruby file defines.

    Args:
        text: The file's text.
        file: Its path, for messages.

    Raises:
        RubyTypeError: The file defines no type, or not in a way that can be read.
    """
    from puppet_grammar.ruby_types.reading import read_type as read

    return read(text, file)
