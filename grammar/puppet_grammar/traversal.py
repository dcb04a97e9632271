"""Ways through a tree."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache
from typing import Literal, get_origin

import msgspec

from puppet_grammar.nodes import Node

DEEPEST_NESTING = 400
"""How many brackets may certainly be open at once; far deeper code is refused, as no person wrote it."""

LONGEST_CHAIN = 1000
"""How many operators of one level may follow one another: each makes the tree deeper by one."""

# Brackets take up to eight frames a level to parse, and operators in a row four each for those who go
# through the tree afterwards.
sys.setrecursionlimit(max(sys.getrecursionlimit(), DEEPEST_NESTING * 8 + LONGEST_CHAIN * 8))

_PLAIN = (str, int, float, bool)


@cache
def _fields(kind: type[Node]) -> tuple[str, ...]:
    """The fields that can hold nodes: most nodes have none, and need not be looked into."""
    return tuple(field.name for field in msgspec.structs.fields(kind) if not _is_plain(field.type))


def _is_plain(kind: object) -> bool:
    return kind in _PLAIN or get_origin(kind) is Literal


def children(node: Node) -> list[Node]:
    """Returns the nodes directly below a node, in the order of the tree's fields."""
    found: list[Node] = []
    for name in _fields(type(node)):
        value = getattr(node, name)
        if isinstance(value, Node):
            found.append(value)
        elif isinstance(value, tuple):
            found += [item for item in value if isinstance(item, Node)]
    return found


def walk(node: Node) -> Iterator[Node]:
    """Yields a node and all below it, each before what is below it."""
    pending = [node]
    while pending:
        current = pending.pop()
        yield current
        pending += reversed(children(current))


def extent(node: Node) -> tuple[int, int]:
    """Returns the offsets between which all text of a node lies.

    It is the node's own span but for heredocs: their text stands on the lines after the one that they
    start on, and may so lie behind the end of a node that holds them.
    """
    return node.start, max(inner.end for inner in walk(node))
