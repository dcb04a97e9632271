"""Ways through a tree."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache

import msgspec

from puppet_grammar.nodes import Node

DEEPEST_NESTING = 400
"""How many brackets may certainly be open at once; far deeper code is refused, as no person wrote it."""

LONGEST_CHAIN = 1000
"""How many operators of one level may follow one another: each makes the tree deeper by one."""

# Brackets take up to eight frames a level to parse, and operators in a row four each for those who go
# through the tree afterwards.
sys.setrecursionlimit(max(sys.getrecursionlimit(), DEEPEST_NESTING * 8 + LONGEST_CHAIN * 8))

_PLACE_FIELDS = 2


@cache
def _fields(kind: type[Node]) -> tuple[str, ...]:
    return tuple(field.name for field in msgspec.structs.fields(kind)[_PLACE_FIELDS:])


def children(node: Node) -> Iterator[Node]:
    """Yields the nodes directly below a node, in the order of the tree's fields."""
    for name in _fields(type(node)):
        value = getattr(node, name)
        if isinstance(value, Node):
            yield value
        elif isinstance(value, tuple):
            for item in value:
                if isinstance(item, Node):
                    yield item


def walk(node: Node) -> Iterator[Node]:
    """Yields a node and all below it, each before what is below it."""
    pending = [node]
    while pending:
        current = pending.pop()
        yield current
        pending.extend(reversed(list(children(current))))


def extent(node: Node) -> tuple[int, int]:
    """Returns the offsets between which all text of a node lies.

    It is the node's own span but for heredocs: their text stands on the lines after the one that they
    start on, and may so lie behind the end of a node that holds them.
    """
    return node.start, max(inner.end for inner in walk(node))
