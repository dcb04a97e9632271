"""Lines to read, some of which lead elsewhere."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from appo_tui.tui.lines import Entry, Line
from appo_tui.tui.widgets.row_list import RowList


class Document(RowList):
    """Entries with a cursor; those that lead somewhere are chosen with enter. Keys are row numbers."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id)
        self._entries: Sequence[Entry] = ()

    def show(self, entries: Sequence[Entry], *, keep_place: bool = False) -> None:
        """Show other entries, from the top unless the place is to be kept."""
        if entries == self._entries:
            return
        self._entries = entries
        if not keep_place:
            self.scroll_to(x=0, y=0, animate=False, immediate=True, force=True)
            self.move_to(0)
        self.rows_changed()

    @property
    def entries(self) -> Sequence[Entry]:
        """What is shown."""
        return self._entries

    def row_count(self) -> int:
        """How many entries there are."""
        return len(self._entries)

    def row_key(self, index: int) -> Hashable:
        """An entry's number."""
        return index

    def row_index(self, key: Hashable) -> int | None:
        """An entry's number, if there is such an entry."""
        return key if isinstance(key, int) and 0 <= key < len(self._entries) else None

    def row_line(self, index: int) -> Line:
        """An entry's line."""
        return self._entries[index].line

    def leads_to(self, key: Hashable) -> Hashable:
        """What an entry jumps to, or None."""
        index = self.row_index(key)
        return None if index is None else self._entries[index].leads_to
