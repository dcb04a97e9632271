"""A question whose answer is no unless one key, which is not the key that asked, says yes."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Button, Label, Static

from appo_tui.tui.drawing.text import content


class Confirm(ModalScreen[bool]):
    """Asks; ``True`` only for the key that is named or a press of the second button."""

    CSS_PATH = "dialogs.tcss"

    def __init__(self, title: str, lines: Sequence[str], *, key: str, verb: str) -> None:
        super().__init__()
        self._title = title
        self._lines = tuple(lines)
        self._key = key
        self._verb = verb

    def compose(self) -> ComposeResult:
        """The question, what it is about, and two answers: the first, which has the keyboard, is no."""
        with Vertical(classes="dialog"):
            yield Label(content(self._title), classes="dialog-title")
            with VerticalScroll(classes="dialog-body", can_focus=False):
                for text in self._lines:
                    yield Static(content(text))
            with Horizontal(classes="answers"):
                yield Button(content("Cancel (esc)"), id="no", compact=True)
                yield Button(content(f"{self._verb.capitalize()} ({self._key})"), id="yes", compact=True)

    def on_mount(self) -> None:
        """Cancelling is what happens by accident."""
        self.query_one("#no").focus()

    def on_key(self, event: events.Key) -> None:
        """The key that confirms, and those that cancel."""
        if event.key == self._key:
            event.stop()
            self.dismiss(True)  # noqa: FBT003 (the answer)
        elif event.key in ("escape", "n", "q"):
            event.stop()
            self.dismiss(False)  # noqa: FBT003 (the answer)
        elif event.key in ("left", "right", "h", "l"):
            event.stop()
            self.focus_next()

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "yes")
