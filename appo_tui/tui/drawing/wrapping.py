"""Lines broken to a width, between words where there are any; nothing of them is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.cells import cell_len, chop_cells

from appo_tui.tui.drawing.lines import Line, Span

_HANGING = 6
"""Columns by which what goes on is set in."""

_LEAST_WIDTH = 16
"""Columns below which nothing is broken: it would be a column of letters."""


def wrapped(parts: Line, width: int) -> tuple[Line, ...]:
    """A line as the lines of at most ``width`` columns that it takes; the first has its own indent.

    Where its last span fits a line of its own, as an origin beside a value does, it is kept whole.
    """
    if width < _LEAST_WIDTH or _width(parts) <= width:
        return (parts,)
    *before, last = parts
    if before and _width(tuple(before)) and cell_len(last[0].strip()) <= width - _HANGING:
        return (*wrapped(_trimmed(tuple(before)), width), ((" " * _HANGING, ""), (last[0].strip(), last[1])))
    return tuple(_broken(parts, width))


def _broken(parts: Line, width: int) -> Iterator[Line]:
    row: list[Span] = []
    used = 0
    for text, role in _words(parts, width - _HANGING):
        size = cell_len(text)
        if row and used + len(text.rstrip()) - len(text) + size > width:
            yield tuple(row)
            row, used = [(" " * _HANGING, "")], _HANGING
        row.append((text, role))
        used += size
    yield tuple(row)


def _words(parts: Line, width: int) -> Iterator[Span]:
    for text, role in parts:
        for word in re.findall(r"\s+|\S+", text):
            for piece in chop_cells(word, width):
                yield piece, role


def _trimmed(parts: Line) -> Line:
    kept = list(parts)
    while kept and not kept[-1][0].strip():
        kept.pop()
    return tuple(kept)


def _width(parts: Line) -> int:
    return sum(cell_len(text) for text, _ in parts)
