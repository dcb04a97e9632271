"""Where a replay is between a job's beginning and its end."""

from __future__ import annotations

from rich.text import Text
from textual import events
from textual.message import Message
from textual.widget import Widget

from appo_tui.tui.drawing.glyphs import Glyphs
from appo_tui.tui.drawing.times import duration


class Scrubber(Widget):
    """A bar; a click goes to a place on it."""

    DEFAULT_CSS = """
    Scrubber { height: 1; background: $surface; color: $foreground; }
    """

    class Sought(Message):
        """A place was chosen, as a share of the whole between 0 and 1."""

        def __init__(self, share: float) -> None:
            super().__init__()
            self.share = share

    def __init__(self, glyphs: Glyphs) -> None:
        super().__init__()
        self._glyphs = glyphs
        self._moment = 0.0
        self._whole = 0.0
        self._words = ""

    def show(self, moment: float, whole: float, words: str) -> None:
        """Show where the replay is, both in seconds, and how it goes on, in words."""
        self._moment, self._whole, self._words = moment, whole, words
        self.refresh()

    def render(self) -> Text:
        """Time, bar, words."""
        width = self._bar_width()
        filled = int(width * self._moment / self._whole) if self._whole else 0
        bar = self._glyphs.bar * filled + self._glyphs.bar_rest * (width - filled)
        return Text.assemble((self._left(), "bold"), bar, (self._right(), ""))

    def on_click(self, event: events.Click) -> None:
        """Go to the place below the pointer."""
        self.post_message(
            self.Sought(min(1.0, max(0.0, (event.x - len(self._left())) / max(1, self._bar_width()))))
        )

    def _left(self) -> str:
        return f" {duration(self._moment):>6} / {duration(self._whole):6} "

    def _right(self) -> str:
        return f" {self._words} "

    def _bar_width(self) -> int:
        return max(5, self.size.width - len(self._left()) - len(self._right()))
