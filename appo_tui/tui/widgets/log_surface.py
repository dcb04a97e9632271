"""The drawing of a run log: by line, so that a hundred thousand lines a second cost what is seen."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

from rich.cells import cell_len
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from appo_tui.tui.drawing.lines import Line, span
from appo_tui.tui.log.buffer import LogBuffer
from appo_tui.tui.log.hunt import LogHunt
from appo_tui.tui.log.lines import log_line
from appo_tui.tui.log.rows import LogRow
from appo_tui.tui.log.sieve import Sieve
from appo_tui.tui.widgets.lined import Lined

_CACHED = 512
_WIDEST_NODE = 24


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
        self.chosen: int | None = None
        """The position of the line that was clicked."""
        self._awaiting_text = False
        self._gaps_drawn = False
        self._times = False
        self._wrapped = False
        self._left = 0
        self._strips: OrderedDict[tuple[object, ...], Strip] = OrderedDict()
        self._page: tuple[tuple[object, ...], list[tuple[int, Strip]]] | None = None

    def header_line(self) -> Line:
        """What is shown, and how."""
        buffer = self.buffer
        words = [buffer.node or "all nodes", f"{buffer.count():,} lines"]
        filtered = buffer.trouble_only or buffer.only
        if not self.following:
            words.append(f"PAUSED, {self.new_lines:,} new" if self.new_lines else "PAUSED")
        if buffer.trouble_only:
            words.append("only warnings and errors")
        if buffer.only:
            words.append(f"only {buffer.only.text}")
        if buffer.context and filtered:
            words.append(f"context {buffer.context}")
        if self.hunt.pattern:
            words.append(f"/{self.hunt.pattern.text}")
        return (span(", ".join(words)),)

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        width = self.scrollable_content_region.width
        if y == 0:
            return self.draw(self.header_line(), left=0, width=width, over="header")
        if not self.buffer.count():
            return self.draw(self._nothing() if y == 1 else (), left=0, width=width)
        if self._wrapped:
            rows = self._wrapped_rows(width)
            return rows[y - 1][1] if y - 1 < len(rows) else self.draw((), left=0, width=width)
        index = self.scroll_offset.y + y - 1
        if index >= self.buffer.count():
            return self.draw((), left=0, width=width)
        return self._strip(index, self._left, width)

    def _nothing(self) -> Line:
        """Why there is no line."""
        buffer = self.buffer
        if not buffer.total:
            return (span("No line has come yet.", "dim"),)
        if buffer.looked_at < buffer.chunk_count:
            return (span("Searching...", "dim"),)
        if buffer.only is not None:
            return (span("No line matches: esc shows all again.", "dim"),)
        words = "No warning and no error: z shows all lines again." if buffer.trouble_only else "No line yet."
        return (span(words, "dim"),)

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
        over = "cursor-blurred" if position == self.chosen else None
        key = (position, self.buffer.node, here, over, left, width)
        strip = self._strips.get(key)
        if strip is None:
            row = self.buffer.row_at(position)
            if row is None:
                self._gaps_drawn = True
                self.call_later(self.ask_for_text)
                return self.draw((("...", "dim"),), left=0, width=width)
            line = self._line(row, here=here)
            strip = self._strips[key] = self.draw(line, left=left, width=width, over=over)
            if len(self._strips) > _CACHED:
                self._strips.popitem(last=False)
        return strip

    def _row_width(self, index: int) -> int:
        row = self.buffer.row(index)
        return 1 if row is None else sum(cell_len(text) for text, _ in self._line(row, here=False))

    def _line(self, row: LogRow, *, here: bool) -> Line:
        node_width = min(_WIDEST_NODE, self.buffer.widest_node) if self.buffer.node is None else 0
        return log_line(
            row, times=self._times, node_width=node_width, pattern=self.hunt.pattern, here=here
        )

    def _wrapped_rows(self, width: int) -> list[tuple[int, Strip]]:
        """The lines of the screen where long lines take several, each with the index of its line."""
        place = (self.scroll_offset.y, self.following, self.hunt.found, self.chosen)
        key = (*place, self.buffer.count(), width)
        if self._page is None or self._page[0] != key:
            self._page = (key, self._wrapped_page(width))
        return self._page[1]

    def _wrapped_page(self, width: int) -> list[tuple[int, Strip]]:
        rows: list[tuple[int, Strip]] = []
        index = self._last_top() if self.following else self.scroll_offset.y
        height = self._height()
        while len(rows) < height and index < self.buffer.count():
            starts = range(0, max(1, self._row_width(index)), max(1, width))
            rows += [(index, self._strip(index, start, width)) for start in starts]
            index += 1
        return rows[:height]

    def index_on_screen(self, y: int) -> int | None:
        """The line that is drawn at a line of the screen, below the header; None if there is none."""
        if y < 0:
            return None
        if self._wrapped:
            rows = self._wrapped_rows(self.scrollable_content_region.width)
            return rows[y][0] if y < len(rows) else None
        index = self.scroll_offset.y + y
        return index if index < self.buffer.count() else None

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
        """The first line of the screen if the last one is to be seen whole."""
        count, room = self.buffer.count(), self._height()
        if not self._wrapped:
            return max(0, count - room)
        index, width = count, max(1, self.scrollable_content_region.width)
        while index > 0 and room > 0:
            index -= 1
            room -= max(1, -(-self._row_width(index) // width))
        return max(0, min(index + (room < 0), count - 1))

    def _resize(self) -> None:
        rows = self._last_top() + self._height() + 1
        self.virtual_size = Size(self.scrollable_content_region.width, rows)

    def _to_end(self) -> None:
        self.scroll_to(y=self._last_top(), animate=False, immediate=True, force=True)
