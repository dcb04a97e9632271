"""The line that names a screen's panes, the one in front marked."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size
from rich.text import Text
from textual import events
from textual.message import Message
from textual.widget import Widget

from appo_tui.tui.drawing.text import literal

_LEAST_WANTED = 6
"""Columns of what is searched that are worth being shown."""

_LEAST_ROOM = 24
"""Columns that a remark has even where the names of the panes would need them."""


class PaneStrip(Widget):
    """Names of panes; a click chooses one."""

    DEFAULT_CSS = """
    PaneStrip { height: 1; background: $surface; color: $text-muted; }
    """

    class Chosen(Message):
        """A pane was clicked."""

        def __init__(self, pane: str) -> None:
            super().__init__()
            self.pane = pane

    def __init__(self, ellipsis: str) -> None:
        super().__init__()
        self._ellipsis = ellipsis
        self._panes: tuple[tuple[str, str], ...] = ()
        self._front: frozenset[str] = frozenset()
        self._focused = ""
        self._outcome = ""
        self._wanted = ""

    def remark(self, outcome: str, wanted: str = "") -> None:
        """Say something at the right end: what came of a search and, if there is one, what is searched."""
        self._outcome, self._wanted = outcome, wanted
        self.refresh()

    def show(self, panes: Sequence[tuple[str, str]], front: frozenset[str], focused: str) -> None:
        """Show panes as (id, title), which are seen, and which has the keyboard."""
        self._panes, self._front, self._focused = tuple(panes), front, focused
        self.refresh()

    def render(self) -> Text:
        """The names: the one with the keyboard in brackets, those that are seen bold, the others dim."""
        line = Text(" ")
        for pane, title in self._panes:
            text = literal(f"[{title}]" if pane == self._focused else f" {title} ")
            text.stylize(
                "bold reverse" if pane == self._focused else "bold" if pane in self._front else "dim"
            )
            line.append_text(text)
            line.append(" ")
        remark = literal(self._remark(self.size.width - line.cell_len))
        remark.stylize("bold")
        line.truncate(max(0, self.size.width - remark.cell_len), overflow="crop", pad=True)
        return line.append_text(remark)

    def _remark(self, room: int) -> str:
        """The remark, what is searched cut so that the names have room, if there is enough at all."""
        if not self._outcome and not self._wanted:
            return ""
        room = max(room, min(_LEAST_ROOM, self.size.width))
        outcome = f" {self._outcome} "
        if not self._wanted:
            return outcome
        for tail in (f"  {self._outcome}  esc clears ", f"  {self._outcome} "):
            left = room - cell_len(tail) - 2
            if left >= min(_LEAST_WANTED, cell_len(self._wanted)):
                return f" /{_cut(self._wanted, left, self._ellipsis)}{tail}"
        return outcome

    def on_click(self, event: events.Click) -> None:
        """Choose the pane whose name is below the pointer."""
        column = 1
        for pane, title in self._panes:
            end = column + literal(title).cell_len + 2
            if column <= event.x < end:
                self.post_message(self.Chosen(pane))
                return
            column = end + 1


def _cut(text: str, width: int, ellipsis: str) -> str:
    return text if cell_len(text) <= width else set_cell_size(text, width - 1) + ellipsis
