"""The lines of a job's log that a view keeps, and which of them it shows. No Textual here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec

from appo_tui.jobs.events import LogChunk
from appo_tui.tui.filters import Pattern

MOST_ROWS = 200_000
"""Lines that are kept for looking at; the store has all of them."""

BAD_LEVELS = frozenset({"err", "alert", "emerg", "crit"})
_TROUBLE = BAD_LEVELS | {"warning"}

_WORDS = {
    "err": "Error: ",
    "alert": "Error: ",
    "emerg": "Error: ",
    "crit": "Error: ",
    "warning": "Warning: ",
    "notice": "Notice: ",
    "info": "Info: ",
    "debug": "Debug: ",
}


class LogRow(msgspec.Struct, frozen=True, gc=False):
    """A line of a node's run. ``number`` counts within node and attempt, from 1.

    Hundreds of thousands of them live at once: Python's collector, which they can't concern, need not
    look at them again and again.
    """

    time: float
    node: str
    number: int
    level: str
    text: str


def rows_of(chunk: LogChunk) -> list[LogRow]:
    """The lines of a chunk as they are read: with Puppet's own word for the level, and the source."""
    node = chunk.node
    return [
        LogRow(each.time, node, number, each.level, _said(each.level, each.source, each.text))
        for number, each in enumerate(chunk.lines, chunk.first)
    ]


_OWN_CLASS = re.compile(r"^/Stage\[main\]/Main/Appo_tui_components\[[^\]]*\]/")
"""Where a bundle's components are declared: the same before every line, so it is not shown."""


def _said(level: str, source: str, text: str) -> str:
    word = _WORDS.get(level, "")
    source, text = _OWN_CLASS.sub("", source), _OWN_CLASS.sub("", text)
    if source and source not in ("Puppet", "appo") and not text.startswith(source):
        return f"{word}{source}: {text}"
    return word + text


class LogBuffer:
    """Lines in the order in which they came. Positions count from the first line that ever came.

    ``shown`` are the positions of the lines that pass the filter, in order, or None if all do.
    """

    def __init__(self, most: int = MOST_ROWS) -> None:
        self.dropped = 0
        self._most = most
        self._rows: list[LogRow] = []
        self._shown: list[int] | None = None
        self._shown_from = 0
        self._context_until = -1
        self.node: str | None = None
        self.trouble_only = False
        self.only: Pattern | None = None
        self.context = 0

    @property
    def total(self) -> int:
        """Lines that ever came."""
        return self.dropped + len(self._rows)

    def count(self) -> int:
        """Lines that are shown."""
        return len(self._rows) if self._shown is None else len(self._shown) - self._shown_from

    def position(self, index: int) -> int:
        """The position of a shown line."""
        return self.dropped + index if self._shown is None else self._shown[self._shown_from + index]

    def row(self, index: int) -> LogRow:
        """A shown line, counted from 0."""
        return self._rows[self.position(index) - self.dropped]

    def index_at(self, position: int) -> int:
        """The first shown line at a position or after it."""
        from bisect import bisect_left

        if self._shown is None:
            return max(0, min(position - self.dropped, len(self._rows)))
        return max(0, bisect_left(self._shown, position, lo=self._shown_from) - self._shown_from)

    def append(self, rows: Sequence[LogRow]) -> tuple[int, int]:
        """Take lines; returns how many shown lines came, and how many went at the front."""
        before = self.count()
        first = self.total
        self._rows.extend(rows)
        if self._shown is not None:
            self._show_from(first)
        came = self.count() - before
        went = 0
        if len(self._rows) > self._most * 11 // 10:
            went = self._drop(len(self._rows) - self._most)
        return came, went

    def clear(self) -> None:
        """Forget all lines; the filter stays."""
        self._rows.clear()
        self.dropped = 0
        self.refilter()

    def refilter(self) -> None:
        """Look at all lines again, after a change of what is to be shown."""
        self._shown_from = 0
        self._context_until = -1
        self._shown = None
        if self.node is not None or self.trouble_only or self.only is not None:
            self._shown = []
            self._show_from(self.dropped)

    def find(self, pattern: Pattern, start: int, step: int) -> int | None:
        """The next shown line from ``start`` on (or before it) that matches, around the end; its index."""
        count = self.count()
        for offset in range(count):
            index = (start + step * offset) % count
            if pattern.matches(self.row(index).text):
                return index
        return None

    def find_error(self, start: int, step: int) -> int | None:
        """The next shown error from ``start`` on, or before it; its index."""
        indexes: Iterable[int] = range(start, self.count()) if step > 0 else range(start, -1, -1)
        return next((index for index in indexes if self.row(index).level in BAD_LEVELS), None)

    def count_matches(self, pattern: Pattern) -> int:
        """How many shown lines match."""
        return sum(1 for index in range(self.count()) if pattern.matches(self.row(index).text))

    def _drop(self, number: int) -> int:
        del self._rows[:number]
        self.dropped += number
        if self._shown is None:
            return number
        before = self._shown_from
        while self._shown_from < len(self._shown) and self._shown[self._shown_from] < self.dropped:
            self._shown_from += 1
        went = self._shown_from - before
        del self._shown[: self._shown_from]
        self._shown_from = 0
        return went

    def _show_from(self, first: int) -> None:
        assert self._shown is not None
        shown = self._shown
        for offset in range(first - self.dropped, len(self._rows)):
            row = self._rows[offset]
            position = self.dropped + offset
            if self.node is not None and row.node != self.node:
                continue
            if self._wanted(row):
                start = max(self.dropped, position - self.context, shown[-1] + 1 if shown else 0)
                shown.extend(each for each in range(start, position) if self._same_node(each, row))
                shown.append(position)
                self._context_until = position + self.context
            elif position <= self._context_until:
                shown.append(position)

    def _wanted(self, row: LogRow) -> bool:
        if self.trouble_only and row.level not in _TROUBLE:
            return False
        return self.only is None or self.only.matches(row.text)

    def _same_node(self, position: int, row: LogRow) -> bool:
        return self.node is None or self._rows[position - self.dropped].node == row.node
