"""The table of jobs: its rows are read from the store as they are wanted."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from textual.message import Message

from appo_tui.tui.drawing.glyphs import Glyphs
from appo_tui.tui.drawing.lines import Line
from appo_tui.tui.filters import Pattern
from appo_tui.tui.widgets.table import Row, Table

_DERIVED = re.compile(r"\W*\d+(\.\d*)?[smhd]?\d*[smh]?( (a(go?)?)?)?|ago?|lost?")
"""What may be a part of an age, a duration or a count: the store has none of them as one sees them."""


class JobTable(Table):
    """Rows that have been read so far; ``Asked`` tells that others are wanted, or another order."""

    class Asked(Message):
        """The filter or the order is another one."""

    def __init__(
        self,
        columns: Sequence[str],
        glyphs: Glyphs,
        renew: Callable[[Row], Row],
        *,
        empty: str,
        id: str,  # noqa: A002 (Textual's name)
    ) -> None:
        super().__init__(columns, glyphs, empty=empty, id=id)
        self.total = 0
        """How many jobs there are, read or not."""
        self.whole = False
        """Whether all that match have been read."""
        self._renew = renew

    @property
    def text_asked(self) -> str:
        """The text that all wanted rows have in them; empty if there is none to name."""
        pattern = self._pattern
        if pattern is None or pattern.inverse or _DERIVED.fullmatch(pattern.literal.lower()):
            return ""
        return pattern.literal

    @property
    def pattern_asked(self) -> Pattern | None:
        """What all wanted rows match; None if all are wanted."""
        return self._pattern

    @property
    def order(self) -> tuple[int | None, bool]:
        """The column that sorts, if one does, and whether the order is turned around."""
        return self._sorted_by, self._reversed

    def search(self, text: str) -> str:
        """Show only rows that match; an empty text shows all."""
        before = self.search_text
        super().search(text)
        if text != before:
            self.whole = False
            self.post_message(self.Asked())
        return self.outcome()

    def outcome(self) -> str:
        """How many rows match; a plus sign stands for those that may be found when one goes further."""
        more = "" if self.whole else "+"
        return f"{len(self._rows)}{more} of {self.total}" if self._pattern is not None else ""

    def order_changed(self) -> None:
        """Rows are to be in another order: which are the first, the store knows."""
        super().order_changed()
        self.post_message(self.Asked())

    def row_line(self, index: int) -> Line:
        """A row's cells, padded; ages are those of now."""
        self._rows[index] = self._renew(self._rows[index])
        return super().row_line(index)
