"""A picture of lines, larger than the screen, that is panned."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.geometry import Region, Size
from textual.strip import Strip

from appo_tui.tui.actions import bindings_of
from appo_tui.tui.lines import Line
from appo_tui.tui.widgets.lined import Lined


class Canvas(Lined):
    """A picture; ``look_at`` brings a part of it into view."""

    BINDINGS = bindings_of("canvas")
    HELP_PLACES = ("canvas",)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id)
        self._lines: Sequence[Line] = ()

    def show(self, lines: Sequence[Line]) -> None:
        """Show another picture; the view stays where it is."""
        self._lines = lines
        width = max((sum(cell_len(text) for text, _ in each) for each in lines), default=0)
        self.virtual_size = Size(width, len(lines))
        self.refresh()

    def look_at(self, column: int, row: int, width: int) -> None:
        """Bring a part of a line into view."""
        self.scroll_to_region(Region(column, row, width, 1), animate=False)

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        width = self.scrollable_content_region.width
        left, top = self.scroll_offset
        if top + y >= len(self._lines):
            return Strip.blank(width, self.rich_style)
        return self.draw(self._lines[top + y], left=left, width=width)

    def action_pan(self, columns: int, rows: int) -> None:
        """Move the view."""
        self.scroll_to(
            x=max(0, self.scroll_offset.x + columns), y=max(0, self.scroll_offset.y + rows), animate=False
        )

    def action_start(self) -> None:
        """Move the view to the beginning."""
        self.scroll_to(x=0, y=0, animate=False)
