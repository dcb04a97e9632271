"""A picture of lines, larger than the screen, that is panned."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from appo_tui.tui.actions import bindings_of
from appo_tui.tui.drawing.lines import Line
from appo_tui.tui.widgets.lined import Lined


class Canvas(Lined):
    """A picture; ``look_at`` brings a part of it into view."""

    BINDINGS = bindings_of("canvas")
    HELP_PLACES = ("canvas",)

    class Clicked(Message):
        """A place of the picture was clicked."""

        def __init__(self, canvas: Canvas, column: int, row: int) -> None:
            super().__init__()
            self.canvas = canvas
            self.column = column
            self.row = row

        @property
        def control(self) -> Canvas:
            """The picture, which handlers select by."""
            return self.canvas

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id)
        self._lines: Sequence[Line] = ()

    def show(self, lines: Sequence[Line]) -> None:
        """Show another picture; the view stays where it is."""
        self._lines = lines
        width = max((sum(cell_len(text) for text, _ in each) for each in lines), default=0)
        self.virtual_size = Size(width, len(lines))
        self.refresh()

    def look_at(self, column: int, row: int, width: int, height: int) -> None:
        """Bring a part of the picture into view."""
        self.scroll_to_region(Region(column, row, width, height), animate=False)

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        width = self.scrollable_content_region.width
        left, top = self.scroll_offset
        if top + y >= len(self._lines):
            return Strip.blank(width, self.rich_style)
        return self.draw(self._lines[top + y], left=left, width=width)

    def on_click(self, event: events.Click) -> None:
        """Say where."""
        place = event.get_content_offset(self)
        if place is not None:
            left, top = self.scroll_offset
            self.post_message(self.Clicked(self, left + place.x, top + place.y))

    def action_pan(self, columns: int, rows: int) -> None:
        """Move the view."""
        self.scroll_to(
            x=max(0, self.scroll_offset.x + columns), y=max(0, self.scroll_offset.y + rows), animate=False
        )

    def action_start(self) -> None:
        """Move the view to the beginning."""
        self.scroll_to(x=0, y=0, animate=False)
