"""A file at a line."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from appo_tui.environment.places import Place
from appo_tui.tui.actions import bindings_of
from appo_tui.tui.drawing.lines import Line, plain, span
from appo_tui.tui.drawing.puppet_source import puppet_line
from appo_tui.tui.widgets.row_list import RowList


class SourceView(RowList):
    """The lines of a file, the one that matters marked; keys are line numbers from 1."""

    BINDINGS = bindings_of("source")
    CLICK_ON_CURSOR_GOES_IN = False  # it opens the editor

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id)
        self._lines: Sequence[str] = ()
        self._place: Place | None = None
        self._title = ""

    def show(self, place: Place | None, lines: Sequence[str], title: str) -> None:
        """Show a file, its line in the middle; ``title`` is the file's name as it is to be read."""
        moved = place != self._place
        self._place, self._lines, self._title = place, lines, title
        self.rows_changed()
        if place is not None and lines and moved:
            height = max(1, self.scrollable_content_region.height)
            self.scroll_to(y=max(0, place.line - height // 2), animate=False, immediate=True, force=True)
            self.move_to(place.line - 1)

    def place_under_cursor(self) -> Place | None:
        """Where an editor is to be opened."""
        if self._place is None:
            return None
        return Place(self._place.file, self.cursor_index + 1)

    def header_line(self) -> Line:
        """The file's name."""
        return (span(self._title or "no source"),)

    def row_count(self) -> int:
        """How many lines the file has."""
        return len(self._lines)

    def row_key(self, index: int) -> Hashable:
        """A line's number."""
        return index + 1

    def row_index(self, key: Hashable) -> int | None:
        """A line's index."""
        return key - 1 if isinstance(key, int) and 0 < key <= len(self._lines) else None

    def row_line(self, index: int) -> Line:
        """A line with its number."""
        here = self._place is not None and index + 1 == self._place.line
        number = span(f"{index + 1:4} ", "here" if here else "dim")
        return (number, span(" "), *puppet_line(self._lines[index]))

    def copied_text(self) -> str:
        """The line under the cursor, without its number."""
        return plain(puppet_line(self._lines[self.cursor_index])) if self._lines else ""
