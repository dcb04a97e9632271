"""The run log: drawn by line from a buffer, so that a hundred thousand lines a second cost what is seen."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from datetime import datetime

from rich.cells import set_cell_size
from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.strip import Strip

from appo_tui.tui.actions import bindings_of
from appo_tui.tui.filters import Pattern, compile_pattern
from appo_tui.tui.lines import Line, Span, span
from appo_tui.tui.log_buffer import BAD_LEVELS, LogBuffer, LogRow
from appo_tui.tui.widgets.lined import Lined

_LONGEST = 10_000
"""Characters of one line that are drawn."""

_CACHED = 512
_WIDEST_NODE = 24
_CONTEXTS = (0, 2, 5)


class LogView(Lined):
    """Lines of all nodes or of one; follows until it is scrolled or paused, and then counts what is new."""

    BINDINGS = bindings_of("log")
    HELP_PLACES = ("log",)

    DEFAULT_CSS = """
    LogView { overflow-x: hidden; }
    """

    def __init__(self, buffer: LogBuffer, *, id: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id)
        self.buffer = buffer
        self.following = True
        self.new_lines = 0
        self._times = False
        self._wrapped = False
        self._left = 0
        self._node_width = 8
        self._pattern: Pattern | None = None
        self._found: int | None = None
        self._strips: OrderedDict[tuple[object, ...], Strip] = OrderedDict()

    # What the screen gives.

    def take(self, rows: Sequence[LogRow]) -> None:
        """Take lines as they come."""
        came, went = self.buffer.append(rows)
        widest = min(_WIDEST_NODE, max((len(row.node) for row in rows), default=0))
        if widest > self._node_width:
            self._node_width = widest
            self._strips.clear()
        if not came and not went:
            return
        self._resize()
        if went and self._found is not None:
            self._found = self._found - went if self._found >= went else None
        if self.following:
            self._to_end()
        else:
            self.new_lines += came
            if went:
                self.scroll_to(
                    y=max(0, self.scroll_offset.y - went), animate=False, immediate=True, force=True
                )
        self.refresh()

    def clear(self) -> None:
        """Forget all lines."""
        self.buffer.clear()
        self._resize()
        self.refresh()

    def show_node(self, node: str | None) -> None:
        """Show one node's lines, or those of all."""
        if node != self.buffer.node:
            self._change_filter(node=node)

    # Searching and limiting.

    @property
    def search_text(self) -> str:
        """The search in force."""
        return self._pattern.text if self._pattern else ""

    @property
    def only_text(self) -> str:
        """What lines are limited to."""
        return self.buffer.only.text if self.buffer.only else ""

    def search(self, text: str) -> str:
        """Mark what matches, and go to the first from here."""
        self._pattern = compile_pattern(text) if text else None
        self._found = None
        self._strips.clear()
        self.refresh()
        if self._pattern is None:
            return ""
        index = self.buffer.find(self._pattern, self._top_index(), 1)
        if index is None:
            return "no match"
        self._go_to(index)
        count = self.buffer.count_matches(self._pattern)
        return f"{count} line{'' if count == 1 else 's'}"

    def only(self, text: str) -> str:
        """Show only lines that match."""
        self._change_filter(only=compile_pattern(text) if text else None)
        return f"{self.buffer.count()} lines" if text else ""

    def next_match(self, step: int) -> None:
        """Go to the next line that matches, or the one before."""
        if self._pattern is None:
            return
        start = self._top_index() - 1 if self._found is None else self._found
        index = self.buffer.find(self._pattern, start + step, step)
        if index is not None:
            self._go_to(index)

    def copied_text(self) -> str:
        """The line that was found, or else the lowest that is seen."""
        if not self.buffer.count():
            return ""
        if self._found is not None and self._found < self.buffer.count():
            return self.buffer.row(self._found).text
        lowest = min(self.buffer.count(), self._top_index() + self._height()) - 1
        return self.buffer.row(lowest).text

    # Actions.

    def action_scroll_lines(self, lines: int) -> None:
        """Scroll; at the end it follows again."""
        self._scroll_by(lines)

    def action_scroll_pages(self, pages: int) -> None:
        """Scroll by pages."""
        self._scroll_by(pages * max(1, self._height() - 1))

    def action_head(self) -> None:
        """To the first line."""
        self._pause()
        self.scroll_to(y=0, animate=False, immediate=True, force=True)

    def action_tail(self) -> None:
        """To the end, and follow."""
        self.following, self.new_lines = True, 0
        self._to_end()
        self.refresh()

    def action_pause(self) -> None:
        """Stop following, or follow again."""
        if self.following:
            self._pause()
        else:
            self.action_tail()

    def action_sideways(self, columns: int) -> None:
        """Scroll sideways; not while lines are wrapped."""
        if not self._wrapped:
            self._left = max(0, self._left + columns)
            self.refresh()

    def action_wrap(self) -> None:
        """Wrap long lines, or cut them."""
        self._wrapped, self._left = not self._wrapped, 0
        self._strips.clear()
        self.refresh()

    def action_times(self) -> None:
        """Show times, or hide them."""
        self._times = not self._times
        self._strips.clear()
        self.refresh()

    def action_failures(self) -> None:
        """Only warnings and errors, or all."""
        self._change_filter(trouble_only=not self.buffer.trouble_only)

    def action_context(self) -> None:
        """More lines of context around each that matches, or none."""
        place = _CONTEXTS.index(self.buffer.context)
        self._change_filter(context=_CONTEXTS[(place + 1) % len(_CONTEXTS)])

    def action_next_error(self, step: int) -> None:
        """Go to the next error, or the one before."""
        start = self._top_index() - 1 if self._found is None else self._found
        index = self.buffer.find_error(max(-1, start) + step, step)
        if index is not None:
            self._go_to(index)

    # Drawing.

    def header_line(self) -> Line:
        """What is shown, and how."""
        buffer = self.buffer
        words = [buffer.node or "all nodes", f"{buffer.count():,} lines"]
        if buffer.dropped:
            words.append(f"{buffer.dropped:,} earlier ones only in the store (S saves all)")
        if not self.following:
            words.append(f"PAUSED, {self.new_lines:,} new" if self.new_lines else "PAUSED")
        if buffer.trouble_only:
            words.append("only warnings and errors")
        if buffer.only:
            words.append(f"only {buffer.only.text}")
        if buffer.context:
            words.append(f"context {buffer.context}")
        if self._pattern:
            words.append(f"/{self._pattern.text}")
        return (span(", ".join(words)),)

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        width = self.scrollable_content_region.width
        if y == 0:
            return self.draw(self.header_line(), left=0, width=width, over="header")
        if self._wrapped:
            rows = self._wrapped_rows(width)
            return rows[y - 1] if y - 1 < len(rows) else Strip.blank(width, self.rich_style)
        index = self.scroll_offset.y + y - 1
        if index >= self.buffer.count():
            return Strip.blank(width, self.rich_style)
        return self._strip(index).crop_extend(self._left, self._left + width, self.rich_style)

    def notify_style_update(self) -> None:
        """Forget what was drawn in the theme before."""
        super().notify_style_update()
        self._strips.clear()

    def _strip(self, index: int) -> Strip:
        key = (self.buffer.position(index), self.buffer.node, index == self._found)
        strip = self._strips.get(key)
        if strip is None:
            strip = self._strips[key] = self._drawn(self.buffer.row(index), here=index == self._found)
            if len(self._strips) > _CACHED:
                self._strips.popitem(last=False)
        return strip

    def _drawn(self, row: LogRow, *, here: bool) -> Strip:
        ground = self.rich_style
        role = (
            "bad"
            if row.level in BAD_LEVELS
            else {"warning": "warning", "info": "dim", "debug": "dim"}.get(row.level, "")
        )
        spans: list[Span] = []
        if self._times:
            spans.append((f"{datetime.fromtimestamp(row.time):%H:%M:%S} ", "dim"))  # noqa: DTZ006 (the user's own time)
        if self.buffer.node is None:
            spans.append((set_cell_size(span(row.node)[0], self._node_width) + " ", "node"))
        text = span(row.text[:_LONGEST])[0]
        spans += self._marked(text, role, here=here)
        return Strip(
            [Segment(each, ground + self.role_style(name) if name else ground) for each, name in spans]
        )

    def _marked(self, text: str, role: str, *, here: bool) -> list[Span]:
        if self._pattern is None or self._pattern.inverse:
            return [(text, role)]
        spans: list[Span] = []
        end = 0
        for match in self._pattern.expression.finditer(text):
            if match.end() > match.start():
                spans += [(text[end : match.start()], role), (match[0], "here" if here else "match")]
                end = match.end()
        return [*spans, (text[end:], role)]

    def _wrapped_rows(self, width: int) -> list[Strip]:
        rows: list[Strip] = []
        index = self.scroll_offset.y
        height = self._height()
        if self.following:
            # The last lines must be seen whole: begin as far up as they need.
            index, room = self.buffer.count(), height
            while index > 0 and room > 0:
                index -= 1
                room -= max(1, -(-self._strip(index).cell_length // max(1, width)))
            index += room < 0
        while len(rows) < height and index < self.buffer.count():
            strip = self._strip(index)
            starts = range(0, max(1, strip.cell_length), max(1, width))
            rows += [strip.crop_extend(start, start + width, self.rich_style) for start in starts]
            index += 1
        return rows[:height]

    # Inside.

    def on_resize(self) -> None:
        """Keep the end in view."""
        self._resize()
        if self.following:
            self._to_end()

    def on_mouse_scroll_up(self, _event: events.MouseScrollUp) -> None:
        """The wheel upwards stops following."""
        self._pause()

    def on_mouse_scroll_down(self, _event: events.MouseScrollDown) -> None:
        """The wheel at the end follows again."""
        self.call_after_refresh(self._follow_at_end)

    def _follow_at_end(self) -> None:
        if self.scroll_offset.y >= self._last_top():
            self.following, self.new_lines = True, 0
            self.refresh()

    def _change_filter(self, **changes: object) -> None:
        position = self.buffer.position(self._top_index()) if self.buffer.count() else 0
        for name, value in changes.items():
            setattr(self.buffer, name, value)
        self.buffer.refilter()
        self._found = None
        self._strips.clear()
        self._resize()
        if self.following:
            self._to_end()
        else:
            self.scroll_to(y=self.buffer.index_at(position), animate=False, immediate=True, force=True)
        self.refresh()

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

    def _pause(self) -> None:
        self.following = False
        self.refresh()

    def _scroll_by(self, lines: int) -> None:
        top = self.scroll_offset.y + lines
        if lines < 0:
            self._pause()
        self.scroll_to(y=max(0, min(top, self._last_top())), animate=False, immediate=True, force=True)
        if lines > 0 and top >= self._last_top():
            self.following, self.new_lines = True, 0
        self.refresh()

    def _go_to(self, index: int) -> None:
        self._pause()
        self._found = index
        self._strips.clear()
        top = self.scroll_offset.y
        if not top <= index < top + self._height():
            middle = max(0, min(index - self._height() // 2, self._last_top()))
            self.scroll_to(y=middle, animate=False, immediate=True, force=True)
        self.refresh()
