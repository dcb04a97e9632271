"""Lines to read, some of which lead elsewhere."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from appo_tui.tui.drawing.lines import Entry, Line, plain
from appo_tui.tui.drawing.wrapping import rows_of_entry
from appo_tui.tui.widgets.row_list import RowList


class Document(RowList):
    """Entries with a cursor; those that lead somewhere are chosen with enter. Keys are row numbers.

    With ``wraps``, an entry that is wider than the widget takes as many rows as it needs.
    """

    def __init__(self, *, wraps: bool = False, id: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id)
        if wraps:
            # What is broken to a width must not lose a column when a scrollbar comes.
            self.styles.scrollbar_gutter = "stable"
        self._wraps = wraps
        self._entries: Sequence[Entry] = ()
        self._rows: Sequence[tuple[Line, int]] = ()
        self._width = 0

    def show(self, entries: Sequence[Entry], *, keep_place: bool = False) -> None:
        """Show other entries, from the top unless the place is to be kept."""
        if entries == self._entries:
            return
        self._entries = entries
        self._break()
        if not keep_place:
            self.scroll_to(x=0, y=0, animate=False, immediate=True, force=True)
            self.move_to(0)
        self.rows_changed()

    @property
    def entries(self) -> Sequence[Entry]:
        """What is shown."""
        return self._entries

    def row_count(self) -> int:
        """How many rows the entries take."""
        return len(self._rows)

    def row_key(self, index: int) -> Hashable:
        """A row's number."""
        return index

    def row_index(self, key: Hashable) -> int | None:
        """A row's number, if there is such a row."""
        return key if isinstance(key, int) and 0 <= key < len(self._rows) else None

    def row_line(self, index: int) -> Line:
        """A row's line."""
        return self._rows[index][0]

    def leads_to(self, key: Hashable) -> Hashable:
        """What the entry of a row jumps to, or None."""
        index = self.row_index(key)
        return None if index is None else self._entries[self._rows[index][1]].leads_to

    def copied_text(self) -> str:
        """What copying takes: the whole entry under the cursor."""
        if not self._rows:
            return ""
        entry = self._entries[self._rows[self.cursor_index][1]]
        return plain((*entry.line, *entry.aside)).strip()

    def on_resize(self) -> None:
        """Break the entries anew, with the cursor on the same one."""
        width = self.scrollable_content_region.width
        if not self._wraps or width == self._width:
            return
        entry = self._rows[self.cursor_index][1] if self._rows else 0
        self._break()
        self.rows_changed()
        self.move_to(next((row for row, (_, number) in enumerate(self._rows) if number == entry), 0))

    def _break(self) -> None:
        self._width = self.scrollable_content_region.width
        if not self._wraps or not self._width:
            self._rows = [((*entry.line, *entry.aside), number) for number, entry in enumerate(self._entries)]
            return
        self._rows = [
            (row, number)
            for number, entry in enumerate(self._entries)
            for row in rows_of_entry(entry, self._width)
        ]
