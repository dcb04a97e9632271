"""The rows of a tree that are open, and those that match: made a few at a time. No Textual here.

The generators come on whenever they may be left for a while.
"""

from __future__ import annotations

from collections.abc import Container, Hashable, Iterator, Sequence
from typing import NamedTuple, Protocol

from appo_tui.tui.drawing.lines import Line, plain
from appo_tui.tui.filters import Pattern

_ROWS_AT_ONCE = 16


class Branches(Protocol):
    """What an outline shows: keys that have lines and children. Immutable; a change brings another one."""

    def roots(self) -> Sequence[Hashable]:
        """The rows of the first level."""

    def children(self, key: Hashable) -> Sequence[Hashable]:
        """The rows below a row."""

    def line(self, key: Hashable) -> Line:
        """A row's text, without its indent."""


class OutlineRow(NamedTuple):
    """A row that is open."""

    key: Hashable
    depth: int
    leaf: bool


def matches_of(
    branches: Branches, pattern: Pattern, kept: set[Hashable], matching: set[Hashable]
) -> Iterator[None]:
    """Add to ``matching`` what matches, and to ``kept`` what is above and below it too."""
    path: list[Hashable] = []
    levels = [iter(branches.roots())]
    matched_from = 0
    """The length of the path from which on it is below a match; 0 if it is not."""
    steps = 0
    while levels:
        key = next(levels[-1], None)
        if key is None:
            levels.pop()
            if path:
                path.pop()
            continue
        depth = len(levels)
        if matched_from >= depth:
            matched_from = 0
        path.append(key)
        if pattern.matches(plain(branches.line(key))):
            matching.add(key)
            kept.update(path)
            matched_from = matched_from or depth
        elif matched_from:
            kept.add(key)
        levels.append(iter(branches.children(key)))
        steps += 1
        if steps % _ROWS_AT_ONCE == 0:
            yield


def collect(
    rows: list[OutlineRow],
    branches: Branches,
    keys: Sequence[Hashable],
    depth: int,
    kept: set[Hashable] | None,
    expanded: Container[Hashable],
) -> Iterator[None]:
    """Add the rows of keys, and of what is open below them."""
    levels = [iter(keys)]
    while levels:
        key = next(levels[-1], None)
        if key is None:
            levels.pop()
            continue
        if kept is not None and key not in kept:
            continue
        children = branches.children(key)
        if kept is not None:
            children = [child for child in children if child in kept]
        rows.append(OutlineRow(key, depth + len(levels) - 1, leaf=not children))
        if children and (kept is not None or key in expanded):
            levels.append(iter(children))
        if len(rows) % _ROWS_AT_ONCE == 0:
            yield
