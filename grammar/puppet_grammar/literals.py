"""Nodes that have no nodes below them: literals, names and variables."""

from __future__ import annotations

from itertools import count

import msgspec

_numbers = count()


def _numbered(_name: str) -> int:
    """Numbers the classes, for a kept tree to tell them apart: it is read faster so than by their names."""
    return next(_numbers)


class Node(msgspec.Struct, frozen=True, gc=False, array_like=True, tag=_numbered):
    """What all nodes have: the span of source that they stand for."""

    start: int
    end: int


class LiteralUndef(Node, frozen=True):
    """The word ``undef``."""


class LiteralDefault(Node, frozen=True):
    """The word ``default``."""


class LiteralBoolean(Node, frozen=True):
    """``true`` or ``false``."""

    value: bool


class LiteralInteger(Node, frozen=True):
    """A whole number; ``radix`` is 8, 10 or 16, as it was written."""

    value: int
    radix: int = 10


class LiteralFloat(Node, frozen=True):
    """A number with a fraction or an exponent."""

    value: float


class LiteralString(Node, frozen=True):
    """A string without interpolation, its escapes resolved."""

    value: str


class LiteralRegularExpression(Node, frozen=True):
    """``/pattern/``: Ruby's syntax, without the slashes."""

    pattern: str


class QualifiedName(Node, frozen=True):
    """A lower-case name such as ``lamp::db``: a function, a resource type, or a bare word."""

    value: str


class QualifiedReference(Node, frozen=True):
    """A capitalised name such as ``Lamp::Db``, as it was written."""

    value: str


class ReservedWord(Node, frozen=True):
    """A word that the language keeps for itself, where an expression stands."""

    word: str


class VariableExpression(Node, frozen=True):
    """``$name``, without the dollar sign; a number for a match variable."""

    name: str
