"""The line that names a screen's panes, the one in front marked."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text
from textual import events
from textual.message import Message
from textual.widget import Widget

from appo_tui.tui.text import literal


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

    def __init__(self) -> None:
        super().__init__()
        self._panes: tuple[tuple[str, str], ...] = ()
        self._front: frozenset[str] = frozenset()
        self._focused = ""
        self._remark = ""

    def remark(self, text: str) -> None:
        """Say something at the right end, such as the filter in force and what it leaves."""
        self._remark = text
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
        remark = literal(f" {self._remark} " if self._remark else "")
        line.truncate(max(0, self.size.width - remark.cell_len), overflow="crop", pad=True)
        remark.stylize("bold")
        return line.append_text(remark)

    def on_click(self, event: events.Click) -> None:
        """Choose the pane whose name is below the pointer."""
        column = 1
        for pane, title in self._panes:
            end = column + literal(title).cell_len + 2
            if column <= event.x < end:
                self.post_message(self.Chosen(pane))
                return
            column = end + 1
