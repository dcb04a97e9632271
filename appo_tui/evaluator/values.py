"""Puppet's values as Python's.

======================  ==============================================================
Puppet                  Python
======================  ==============================================================
undef                   ``None``
Boolean                 ``bool``
Integer, Float          ``int``, ``float``
String                  ``str``
Array                   ``tuple``
Hash                    ``dict``, in order of insertion; never changed once made
default                 ``DEFAULT``
Regexp                  ``Regexp``
Sensitive               ``Sensitive``
a type or a reference   a ``PuppetType`` (appo_tui.evaluator.types)
not known before a run  ``Unknown``
======================  ==============================================================
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from puppet_grammar.regexps import has_encoding

Value: TypeAlias = object
"""Any of the above. A union would name every Puppet type; functions check what they take instead."""


@dataclass(frozen=True, slots=True)
class Default:
    """The literal ``default``. There is one: ``DEFAULT``."""


DEFAULT: Final = Default()


@dataclass(frozen=True, slots=True)
class Regexp:
    """A regular expression in Ruby's syntax, without its slashes."""

    pattern: str

    @property
    def literal(self) -> str:
        """As code has it, and Ruby's ``inspect`` gives it: between slashes, those inside escaped."""
        escaped = re.sub(r"(\\.)|/", lambda found: found[1] or r"\/", self.pattern, flags=re.DOTALL)
        return f"/(?-mix:{escaped})/" if has_encoding(self.pattern) else f"/{escaped}/"


class RubySymbol(str):
    """A symbol that data written for Ruby hold, as they write it: ``:name``. Code has no such values."""

    __slots__ = ()

    @property
    def name(self) -> str:
        """Without its colon."""
        return self[1:]


@dataclass(frozen=True, slots=True)
class Sensitive:
    """A value that must not be shown, logged or stored: its ``repr`` and ``str`` do not give it away."""

    value: Value = field(repr=False)

    def __str__(self) -> str:
        return "Sensitive [value redacted]"


@dataclass(frozen=True, slots=True)
class Unknown:
    """A value that only a node's own run can tell, with the reason in a user's words.

    What is computed from an unknown value is unknown for the same reason.
    """

    reason: str
