"""The drawing of a run log: by line, so that a hundred thousand lines a second cost what is seen."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

from rich.cells import cell_len
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from appo_tui.tui.lines import Line, span
from appo_tui.tui.log_buffer import LogBuffer
from appo_tui.tui.log_hunt import LogHunt
from appo_tui.tui.log_lines import log_line
from appo_tui.tui.log_rows import LogRow
from appo_tui.tui.log_sieve import Sieve
from appo_tui.tui.widgets.lined import Lined

_CACHED = 512


class LogSurface(Lined):
    """What is seen of a log; it asks for the text that it has not got."""

    DEFAULT_CSS = """
    LogSurface { overflow-x: hidden; }
    """

    class TextMissed(Message):
        """The text of events is not at hand: ``text_read`` is to be called with it."""

        def __init__(self, sequences: Sequence[int]) -> None:
            super().__init__()
            self.sequences = sequences

    class SieveWanted(Message):
        """The store is to find out which chunks a search can leave out; ``Sifted`` tells the log."""

        def __init__(self, log: LogSurface, sieve: Sieve) -> None:
            super().__init__()
            self.log = log
            self.sieve = sieve

    class Sifted(Message):
        """Something has been found out, for ``Sieve.take``."""

        def __init__(self, sieve: Sieve, first: int, held: frozenset[int] | None) -> None:
            super().__init__()
            self.sieve = sieve
            self.first = first
            self.held = held

    def __init__(self, buffer: LogBuffer, *, id: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id)
        self.buffer = buffer
        self.hunt = LogHunt(buffer)
        self.following = True
        self.new_lines = 0
        self._awaiting_text = False
        self._gaps_drawn = False
        self._times = False
        self._wrapped = False
        self._left = 0
        self._node_width = 8
        self._strips: OrderedDict[tuple[object, ...], Strip] = OrderedDict()
        self._page: tuple[tuple[object, ...], list[Strip]] | None = None

    def header_line(self) -> Line:
        """What is shown, and how."""
        buffer = self.buffer
        words = [buffer.node or "all nodes", f"{buffer.count():,} lines"]
        if not self.following:
            words.append(f"PAUSED, {self.new_lines:,} new" if self.new_lines else "PAUSED")
        if buffer.trouble_only:
            words.append("only warnings and errors")
        if buffer.only:
            words.append(f"only {buffer.only.text}")
        if buffer.context:
            words.append(f"context {buffer.context}")
        if self.hunt.pattern:
            words.append(f"/{self.hunt.pattern.text}")
        return (span(", ".join(words)),)

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        width = self.scrollable_content_region.width
        if y == 0:
            return self.draw(self.header_line(), left=0, width=width, over="header")
        if self._wrapped:
            rows = self._wrapped_rows(width)
            return rows[y - 1] if y - 1 < len(rows) else self.draw((), left=0, width=width)
        index = self.scroll_offset.y + y - 1
        if index >= self.buffer.count():
            return self.draw((), left=0, width=width)
        return self._strip(index, self._left, width)

    def notify_style_update(self) -> None:
        """Forget what was drawn in the theme before."""
        super().notify_style_update()
        self.forget_drawn()

    def forget_drawn(self) -> None:
        """Draw all lines anew, as they look otherwise now."""
        self._strips.clear()
        self._page = None

    def _strip(self, index: int, left: int, width: int) -> Strip:
        """The cells of a line from a column on."""
        position = self.buffer.position(index)
        here = position == self.hunt.found
        key = (position, self.buffer.node, here, left, width)
        strip = self._strips.get(key)
        if strip is None:
            row = self.buffer.row_at(position)
            if row is None:
                self._gaps_drawn = True
                self.call_later(self.ask_for_text)
                return self.draw((("...", "dim"),), left=0, width=width)
            strip = self._strips[key] = self.draw(self._line(row, here=here), left=left, width=width)
            if len(self._strips) > _CACHED:
                self._strips.popitem(last=False)
        return strip

    def _row_width(self, index: int) -> int:
        row = self.buffer.row(index)
        return 1 if row is None else sum(cell_len(text) for text, _ in self._line(row, here=False))

    def _line(self, row: LogRow, *, here: bool) -> Line:
        node_width = self._node_width if self.buffer.node is None else 0
        return log_line(
            row, times=self._times, node_width=node_width, pattern=self.hunt.pattern, here=here
        )

    def _wrapped_rows(self, width: int) -> list[Strip]:
        """The lines of the screen where long lines take several."""
        key = (self.scroll_offset.y, self.buffer.count(), self.following, self.hunt.found, width)
        if self._page is None or self._page[0] != key:
            self._page = (key, self._wrapped_page(width))
        return self._page[1]

    def _wrapped_page(self, width: int) -> list[Strip]:
        rows: list[Strip] = []
        index = self.scroll_offset.y
        height = self._height()
        if self.following:
            # The last lines must be seen whole: begin as far up as they need.
            index, room = self.buffer.count(), height
            while index > 0 and room > 0:
                index -= 1
                room -= max(1, -(-self._row_width(index) // max(1, width)))
            index += room < 0
        while len(rows) < height and index < self.buffer.count():
            starts = range(0, max(1, self._row_width(index)), max(1, width))
            rows += [self._strip(index, start, width) for start in starts]
            index += 1
        return rows[:height]

    def ask_for_text(self) -> None:
        """Have text read that is missed, unless some is being read."""
        if self._awaiting_text:
            return
        sequences = self.buffer.sequences()
        if sequences:
            self._awaiting_text = True
            self.post_message(self.TextMissed(sequences))

    def _height(self) -> int:
        return max(1, self.scrollable_content_region.height - 1)

    def _top_index(self) -> int:
        return min(self.scroll_offset.y, max(0, self.buffer.count() - 1))

    def _last_top(self) -> int:
        return max(0, self.buffer.count() - self._height())

    def _resize(self) -> None:
        self.virtual_size = Size(self.scrollable_content_region.width, self.buffer.count() + 1)

    def _to_end(self) -> None:
        self.scroll_to(y=self._last_top(), animate=False, immediate=True, force=True)
