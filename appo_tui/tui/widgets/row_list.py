"""A list of rows with a cursor: drawn by line, so that a hundred thousand of them cost what is seen."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Hashable
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from appo_tui.tui.actions import bindings_of
from appo_tui.tui.drawing.lines import Line, plain
from appo_tui.tui.drawing.wrapping import wrapped
from appo_tui.tui.filters import Pattern, compile_pattern
from appo_tui.tui.widgets.lined import Lined

_NO_MATCH = ((("No row matches: esc shows all again.", "dim"),),)


class RowList(Lined):
    """Rows with a cursor, by keyboard and mouse.

    Subclasses say how many rows there are and what is in them, and call ``rows_changed`` when that
    changes: the cursor stays on the row of the same key.
    """

    BINDINGS = bindings_of("list")
    CLICK_ON_CURSOR_GOES_IN: ClassVar[bool] = True
    """Whether one click is enough on the row under the cursor."""

    class Highlighted(Message):
        """The cursor came to a row."""

        def __init__(self, rows: RowList, key: Hashable) -> None:
            super().__init__()
            self.rows = rows
            self.key = key

        @property
        def control(self) -> RowList:
            """The list, which handlers select by."""
            return self.rows

    class Selected(Message):
        """Enter, or a second click, on a row."""

        def __init__(self, rows: RowList, key: Hashable) -> None:
            super().__init__()
            self.rows = rows
            self.key = key

        @property
        def control(self) -> RowList:
            """The list, which handlers select by."""
            return self.rows

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id, classes=classes)
        self.placeholder: tuple[Line, ...] = ()
        """What is drawn where there are no rows."""
        self._cursor = 0
        self._key: Hashable = None
        self._widest = 0
        self._pattern: Pattern | None = None
        self._keyboard_came = False
        """Whether no click has come since the list has the keyboard."""
        self._click_went_in = False

    # What subclasses say.

    @abstractmethod
    def row_count(self) -> int:
        """How many rows there are."""

    @abstractmethod
    def row_key(self, index: int) -> Hashable:
        """What the row at ``index`` stands for; never None."""

    @abstractmethod
    def row_line(self, index: int) -> Line:
        """The row at ``index`` as a line."""

    def row_index(self, key: Hashable) -> int | None:
        """Where the row of a key is, or None if it is not shown."""
        return next((index for index in range(self.row_count()) if self.row_key(index) == key), None)

    def header_line(self) -> Line | None:
        """The line that stays above the rows, if any."""
        return None

    def can_rest(self, index: int) -> bool:  # noqa: ARG002 (subclasses skip headings)
        """Whether the cursor may stay on the row."""
        return True

    # What others use.

    @property
    def cursor_key(self) -> Hashable:
        """The key of the row under the cursor, or None if there are no rows."""
        return self._key

    @property
    def cursor_index(self) -> int:
        """The index of the row under the cursor."""
        return self._cursor

    @property
    def first_seen(self) -> int:
        """The index of the topmost row that is seen."""
        return self.scroll_offset.y

    def rows_changed(self) -> None:
        """Take notice of other rows; the cursor stays on its key, or else near its place."""
        count = self.row_count()
        if self._key is not None and not (self._cursor < count and self.row_key(self._cursor) == self._key):
            index = self.row_index(self._key)
            self._cursor = index if index is not None else self._cursor
        self._cursor = max(0, min(self._cursor, count - 1))
        self._widest = 0
        self._set_virtual_size()
        self.move_to(self._cursor)
        self.refresh()

    def move_to_key(self, key: Hashable) -> bool:
        """Put the cursor on the row of a key; tells whether there is one."""
        index = self.row_index(key)
        if index is None:
            return False
        self.move_to(index)
        return True

    def move_to(self, index: int) -> None:
        """Put the cursor on a row, scrolled into view, and tell if its key is another one."""
        count = self.row_count()
        if count == 0:
            self._cursor, self._key = 0, None
            return
        step = 1 if index >= self._cursor else -1
        self._cursor = self._resting_place(max(0, min(index, count - 1)), step)
        self._scroll_to_cursor()
        self.refresh()
        key = self.row_key(self._cursor)
        if key != self._key:
            self._key = key
            self.post_message(self.Highlighted(self, key))

    def copied_text(self) -> str:
        """What copying takes: the row under the cursor."""
        return plain(self.row_line(self._cursor)).strip() if self.row_count() else ""

    # Searching: a list without a filter of its own goes to the rows that match.

    @property
    def search_text(self) -> str:
        """The search in force."""
        return self._pattern.text if self._pattern else ""

    def search(self, text: str) -> str:
        """Go to the first row from here that matches."""
        self._pattern = compile_pattern(text) if text else None
        if self._pattern is None:
            return ""
        if not self._matches(self._cursor):
            self.next_match(1)
        return "" if self._matches(self._cursor) else "no match"

    def next_match(self, step: int) -> None:
        """Go to the next row that matches, around the end."""
        count = self.row_count()
        for offset in range(1, count + 1):
            index = (self._cursor + step * offset) % count
            if self._matches(index):
                self.move_to(index)
                return

    def _matches(self, index: int) -> bool:
        return (
            self._pattern is not None
            and index < self.row_count()
            and self._pattern.matches(plain(self.row_line(index)))
        )

    # Actions.

    def action_cursor_down(self) -> None:
        """Move down by one."""
        self.move_to(self._cursor + 1)

    def action_cursor_up(self) -> None:
        """Move up by one."""
        self.move_to(self._cursor - 1)

    def action_page_down(self) -> None:
        """Move down by what is seen."""
        self.move_to(self._cursor + self._page())

    def action_page_up(self) -> None:
        """Move up by what is seen."""
        self.move_to(self._cursor - self._page())

    def action_first(self) -> None:
        """Move to the first row."""
        self.scroll_to(y=0, animate=False)
        self.move_to(0)

    def action_last(self) -> None:
        """Move to the last row."""
        self.move_to(self.row_count() - 1)

    def action_sideways(self, columns: int) -> None:
        """Scroll by columns."""
        self.scroll_to(x=max(0, self.scroll_offset.x + columns), animate=False)

    def action_select(self) -> None:
        """Go into the row under the cursor."""
        if self._key is not None:
            self.post_message(self.Selected(self, self._key))

    # Drawing.

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        width = self.scrollable_content_region.width
        left, top = self.scroll_offset
        header = self.header_line()
        if header is not None:
            if y == 0:
                return self.draw(header, left=left, width=width, over="header")
            y -= 1
        index = top + y
        count = self.row_count()
        if index >= count:
            instead = () if count else self.placeholder if self._pattern is None else _NO_MATCH
            rows = [row for each in instead for row in wrapped(each, width, hanging=2)]
            if y < len(rows):
                return self.draw(rows[y], left=0, width=width)
            return Strip.blank(width, self.rich_style)
        row = self.row_line(index)
        self._note_width(row)
        over = None
        if index == self._cursor:
            over = "cursor" if self.has_focus else "cursor-blurred"
        return self.draw(row, left=left, width=width, over=over)

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor; on the cursor, or twice, it goes in.

        The click that gives the list the keyboard only does that, and moves the cursor.
        """
        place = event.get_content_offset(self)
        if place is None:
            return
        header = self.header_line() is not None
        column, index = self.scroll_offset.x + place.x, self.scroll_offset.y + place.y - header
        came, self._keyboard_came = self._keyboard_came, False
        if place.y < header:
            self.click_header(column)
        elif index < self.row_count():
            on_cursor = index == self._cursor and not came and self.CLICK_ON_CURSOR_GOES_IN
            self.move_to(index)
            if self.click_row(index, column):
                return
            goes_in = on_cursor if event.chain == 1 else not self._click_went_in
            self._click_went_in = event.chain == 1 and goes_in
            if goes_in:
                self.action_select()

    def click_header(self, column: int) -> None:
        """A click on the line above the rows."""

    def click_row(self, index: int, column: int) -> bool:  # noqa: ARG002 (subclasses use them)
        """A click on a row, which the cursor is on by now; tells whether that was all it was meant for."""
        return False

    def on_focus(self) -> None:
        """The cursor is drawn in the colour of what has the keyboard."""
        self._keyboard_came = True
        self.refresh()

    def on_blur(self) -> None:
        """The cursor is drawn in the colour of what has not."""
        self.refresh()

    def on_resize(self) -> None:
        """Keep the cursor in view."""
        self._set_virtual_size()
        self._scroll_to_cursor()

    def _resting_place(self, index: int, step: int) -> int:
        count = self.row_count()
        for direction in (step, -step):
            place = index
            while 0 <= place < count:
                if self.can_rest(place):
                    return place
                place += direction
        return index

    def _page(self) -> int:
        return max(1, self.scrollable_content_region.height - (self.header_line() is not None) - 1)

    def _scroll_to_cursor(self) -> None:
        height = self.scrollable_content_region.height - (self.header_line() is not None)
        if height <= 0:
            return
        top = self.scroll_offset.y
        if self._cursor < top:
            self.scroll_to(
                y=self._cursor if self._cursor > 1 else 0, animate=False, immediate=True, force=True
            )
        elif self._cursor >= top + height:
            self.scroll_to(y=self._cursor - height + 1, animate=False, immediate=True, force=True)

    def _note_width(self, row: Line) -> None:
        width = sum(cell_len(text) for text, _ in row)
        if width > self._widest:
            self._widest = width
            self.call_later(self._set_virtual_size)

    def _set_virtual_size(self) -> None:
        header = self.header_line() is not None
        self.virtual_size = Size(self._widest, self.row_count() + header)
