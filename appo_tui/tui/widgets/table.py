"""Rows in columns, sorted and filtered."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size

from appo_tui.tui.actions import bindings_of
from appo_tui.tui.drawing.glyphs import UNICODE, Glyphs
from appo_tui.tui.drawing.lines import Line, Span
from appo_tui.tui.filters import compile_pattern
from appo_tui.tui.widgets.row_list import RowList

_WIDEST = 48


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its key, a cell for each column, and for each column what it is sorted by."""

    key: Hashable
    cells: tuple[Span, ...]
    order: tuple[object, ...]


def row_text(row: Row) -> str:
    """What a filter is tried on."""
    return "  ".join(text for text, _ in row.cells)


class Table(RowList):
    """A table: ``o`` sorts by the next column, ``O`` turns the order around, ``/`` filters.

    A click on a column's name sorts by it, and on that of the column that sorts it turns the order around.

    The order in which rows are given is that of no column.
    """

    BINDINGS = bindings_of("table")
    HELP_PLACES = ("list", "table")

    def __init__(
        self,
        columns: Sequence[str],
        glyphs: Glyphs = UNICODE,
        *,
        empty: str = "",
        id: str | None = None,  # noqa: A002 (Textual's name)
    ) -> None:
        super().__init__(id=id)
        self.marked: frozenset[Hashable] = frozenset()
        self._columns = tuple(columns)
        self._glyphs = glyphs
        self.empty = empty
        """What is said where there are no rows."""
        self._given: Sequence[Row] = ()
        self._rows: list[Row] = []
        self._told = ""
        self._places: dict[Hashable, int] = {}
        self._widths: list[int] = [len(each) for each in columns]
        self._sorted_by: int | None = None
        self._reversed = False

    def show(self, rows: Sequence[Row]) -> None:
        """Show other rows; the cursor stays on its key."""
        self._given = rows
        self._arrange()
        outcome = self.outcome()
        if outcome != self._told:
            self._told = outcome
            self.post_message(self.Searched(self, outcome))

    def search(self, text: str) -> str:
        """Show only rows that match; an empty text shows all."""
        self._pattern = compile_pattern(text) if text else None
        self._arrange()
        self._told = self.outcome()
        return self._told

    def outcome(self) -> str:
        """How many rows match, in words; empty without a filter."""
        return f"{len(self._rows)} of {len(self._given)}" if self._pattern is not None else ""

    def row_count(self) -> int:
        """How many rows are shown."""
        return len(self._rows)

    def row_key(self, index: int) -> Hashable:
        """A row's key."""
        return self._rows[index].key

    def row_index(self, key: Hashable) -> int | None:
        """Where a key's row is."""
        return self._places.get(key)

    def row_line(self, index: int) -> Line:
        """A row's cells, padded."""
        row = self._rows[index]
        mark: Span = (self._glyphs.marked, "mark") if row.key in self.marked else (" ", "")
        spans: list[Span] = [mark]
        for (text, role), width in zip(row.cells[:-1], self._widths, strict=False):
            spans += [(self._cut(text, width), role), ("  ", "")]
        spans.append(row.cells[-1])
        return tuple(spans)

    def _cut(self, text: str, width: int) -> str:
        if cell_len(text) <= width:
            return set_cell_size(text, width)
        return set_cell_size(text, width - 1) + self._glyphs.ellipsis

    def copied_text(self) -> str:
        """What copying takes: the row under the cursor, its cells whole."""
        return row_text(self._rows[self.cursor_index]).strip() if self._rows else ""

    def header_line(self) -> Line:
        """The columns' names; that which sorts has a sign."""
        if not self._given and self.empty and self._pattern is None:
            return ((self.empty, ""),)
        spans: list[Span] = [(" ", "")]
        for number, (name, width) in enumerate(zip(self._columns, self._widths, strict=True)):
            sign = ""
            if number == self._sorted_by:
                sign = self._glyphs.descending if self._reversed else self._glyphs.ascending
            spans += [(set_cell_size(name + sign, width), ""), ("  ", "")]
        return tuple(spans)

    def kept(self) -> dict[str, int]:
        """The order of its rows."""
        return {"sorted_by": -1 if self._sorted_by is None else self._sorted_by, "reversed": self._reversed}

    def keep(self, kept: dict[str, int]) -> None:
        """Have the order of before."""
        column = kept.get("sorted_by", -1)
        self._sorted_by = column if 0 <= column < len(self._columns) else None
        self._reversed = bool(kept.get("reversed"))

    def action_sort(self) -> None:
        """Sort by the next column; after the last, not at all."""
        place = -1 if self._sorted_by is None else self._sorted_by
        self._sorted_by = place + 1 if place + 1 < len(self._columns) else None
        self.order_changed()

    def action_reverse(self) -> None:
        """Turn the order around."""
        self._reversed = not self._reversed
        self.order_changed()

    def click_header(self, column: int) -> None:
        """Sort by the column that was clicked; if it sorts already, turn the order around."""
        end = 1
        for number, width in enumerate(self._widths):
            end += width + 2
            if column < end or number == len(self._columns) - 1:
                self._reversed = number == self._sorted_by and not self._reversed
                self._sorted_by = number
                self.order_changed()
                return

    def order_changed(self) -> None:
        """Rows are to be in another order."""
        self._arrange()

    def _arrange(self) -> None:
        pattern = self._pattern
        rows = [row for row in self._given if pattern is None or pattern.matches(row_text(row))]
        if self._sorted_by is not None:
            column = self._sorted_by
            there = [row for row in rows if row.order[column] is not None]
            there.sort(key=lambda row: _sortable(row.order[column]), reverse=self._reversed)
            rows = [*there, *(row for row in rows if row.order[column] is None)]
        elif self._reversed:
            rows.reverse()
        self._rows = rows
        self._places = {row.key: index for index, row in enumerate(rows)}
        widths = [len(each) + 1 for each in self._columns]
        for row in rows[:2_000]:
            for number, (text, _) in enumerate(row.cells[:-1]):
                widths[number] = min(_WIDEST, max(widths[number], cell_len(text)))
        self._widths = widths
        self.rows_changed()


def _sortable(value: object) -> tuple[int, float, str]:
    if isinstance(value, (int, float)):
        return (0, float(value), "")
    return (1, 0.0, str(value))
