"""A question that is answered with a line of text."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Label

from appo_tui.tui.drawing.text import content, printable


class AskText(ModalScreen[str | None]):
    """Asks for text; None if it was left."""

    CSS_PATH = "dialogs.tcss"

    def __init__(self, title: str, value: str, hint: str = "") -> None:
        super().__init__()
        self._title = title
        self._value = value
        self._hint = hint

    def compose(self) -> ComposeResult:
        """Title, field, hint."""
        with Vertical(classes="dialog"):
            yield Label(content(self._title), classes="dialog-title")
            with Vertical(classes="field"):
                yield Input(printable(self._value))
            yield Label(content(self._hint), classes="hint")

    def on_key(self, event: events.Key) -> None:
        """Escape leaves."""
        if event.key == "escape":
            event.stop()
            self.dismiss(None)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        self.dismiss(event.value.strip() or None)
