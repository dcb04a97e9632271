"""The last line of the screen: the keys that matter here, from the actions in force."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text
from textual.widget import Widget

from appo_tui.tui.text import literal


class KeyLine(Widget):
    """Keys and what they do; cut where the screen ends, for ``?`` shows all."""

    DEFAULT_CSS = """
    KeyLine { height: 1; dock: bottom; background: $surface; color: $foreground; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._keys: tuple[tuple[str, str], ...] = ()

    def show(self, keys: Sequence[tuple[str, str]]) -> None:
        """Show keys as (key, name)."""
        if tuple(keys) != self._keys:
            self._keys = tuple(keys)
            self.refresh()

    def render(self) -> Text:
        """As many keys as there is room for, whole."""
        line = Text(" ")
        for key, name in self._keys:
            hint = Text.assemble((literal(key).plain, "bold"), " ", (literal(name).plain, "dim"), "  ")
            if line.cell_len + hint.cell_len > self.size.width + 2:
                break
            line.append_text(hint)
        return line
