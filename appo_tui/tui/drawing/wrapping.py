"""Lines broken to a width, between words where there are any; nothing of them is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.cells import cell_len, chop_cells

from appo_tui.tui.drawing.lines import Entry, Line, Span

_HANGING = 6
"""Columns by which what goes on is set in where nobody says otherwise."""

_LEAST_WIDTH = 16
"""Columns below which nothing is broken: it would be a column of letters."""

_MOST_HANGING = 0.5
"""How much of the width the indent may take."""


def rows_of_entry(entry: Entry, width: int) -> tuple[Line, ...]:
    """An entry as the lines that it takes; what is to stand aside stands below where there is no room."""
    whole = (*entry.line, *entry.aside)
    if not entry.aside or width < _LEAST_WIDTH or _width(whole) <= width:
        return wrapped(whole, width, entry.hanging)
    below: Line = ((" " * _indent(entry.hanging, width), ""), *entry.aside)
    return (
        *wrapped(_trimmed(entry.line), width, entry.hanging),
        *wrapped(below, width, entry.hanging + 2),
    )


def wrapped(parts: Line, width: int, hanging: int = _HANGING) -> tuple[Line, ...]:
    """A line as the lines of at most ``width`` columns that it takes; the first has its own indent."""
    if width < _LEAST_WIDTH or _width(parts) <= width:
        return (parts,)
    return tuple(_broken(parts, width, _indent(hanging, width)))


def _indent(hanging: int, width: int) -> int:
    return min(hanging, int(width * _MOST_HANGING))


def _broken(parts: Line, width: int, indent: int) -> Iterator[Line]:
    row: list[Span] = []
    used = 0
    for text, role in _words(parts, width - indent):
        size = cell_len(text)
        if row and used + len(text.rstrip()) - len(text) + size > width:
            yield tuple(row)
            row, used = [(" " * indent, "")], indent
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
