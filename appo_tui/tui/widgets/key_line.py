"""The last line of the screen: the keys that matter here, from the actions in force."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text
from textual import events
from textual.message import Message
from textual.widget import Widget

from appo_tui.tui.drawing.text import literal
from appo_tui.tui.keys import ShownKey


class KeyLine(Widget):
    """Keys and what they do; cut where the screen ends, for ``?`` shows all. A click does it too."""

    DEFAULT_CSS = """
    KeyLine { height: 1; dock: bottom; background: $surface; color: $foreground; }
    """

    class Chosen(Message):
        """A key was clicked; the id of its action."""

        def __init__(self, id: str) -> None:  # noqa: A002 (an action's name for it)
            super().__init__()
            self.id = id

    def __init__(self) -> None:
        super().__init__()
        self._keys: tuple[ShownKey, ...] = ()

    def show(self, keys: Sequence[ShownKey]) -> None:
        """Show keys."""
        if tuple(keys) != self._keys:
            self._keys = tuple(keys)
            self.refresh()

    def render(self) -> Text:
        """As many keys as there is room for, whole."""
        line = Text(" ")
        for key in self._keys:
            hint = _hint(key)
            if line.cell_len + hint.cell_len > self.size.width + 2:
                break
            line.append_text(hint)
        return line

    def on_click(self, event: events.Click) -> None:
        """Choose what is below the pointer."""
        end = 1
        for key in self._keys:
            end += _hint(key).cell_len
            if event.x < end:
                self.post_message(self.Chosen(key.id))
                return


def _hint(key: ShownKey) -> Text:
    return Text.assemble((literal(key.key).plain, "bold"), " ", (literal(key.name).plain, "dim"), "  ")
