"""The line between two panes: the mouse drags it."""

from __future__ import annotations

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget


class PaneBorder(Widget):
    """A line from top to bottom; two clicks put it back to where it was at first."""

    DEFAULT_CSS = """
    PaneBorder {
        width: 1;
        height: 1fr;
        color: $surface-lighten-2;
        &:hover { color: $primary; text-style: bold; }
        &.-dragged { color: $primary; text-style: bold; }
    }
    """

    class Dragged(Message):
        """It was pulled to a column of the screen, counted from 0."""

        def __init__(self, column: int) -> None:
            super().__init__()
            self.column = column

    class PutBack(Message):
        """It is to be where it was at first."""

    def __init__(self, sign: str) -> None:
        super().__init__()
        self._sign = sign

    def render_line(self, y: int) -> Strip:  # noqa: ARG002 (every line is the same)
        """Its sign."""
        return Strip([Segment(self._sign, self.rich_style)], 1)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of it."""
        event.stop()
        self.capture_mouse()
        self.add_class("-dragged")

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Pull it along."""
        if self.has_class("-dragged"):
            event.stop()
            self.post_message(self.Dragged(event.screen_x))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let it go."""
        event.stop()
        self.release_mouse()
        self.remove_class("-dragged")

    def on_click(self, event: events.Click) -> None:
        """Put it back, at the second click."""
        if event.chain == 2:
            self.post_message(self.PutBack())
