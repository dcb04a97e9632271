"""What forms share: fields below a title, and two answers, of which one leaves all as it was."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar, Generic, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Button, Label

from appo_tui.tui.drawing.text import content

Given = TypeVar("Given")


class Form(ModalScreen[Given | None], Generic[Given]):
    """A form; None if it was left. Escape leaves it; up and down go from field to field."""

    CSS_PATH = "dialogs.tcss"
    AUTO_FOCUS: ClassVar[str] = ".field *"

    def __init__(self, title: str, hint: str, *, verb: str) -> None:
        super().__init__()
        self._title = title
        self._hint = hint
        self._verb = verb

    @abstractmethod
    def fields(self) -> ComposeResult:
        """What is asked for."""

    @abstractmethod
    def given(self) -> Given:
        """What is in the fields."""

    def compose(self) -> ComposeResult:
        """Title, fields, hint, answers."""
        with Vertical(classes="dialog"):
            yield Label(content(self._title), classes="dialog-title")
            with VerticalScroll(classes="dialog-body", can_focus=False):
                yield from self.fields()
                yield Label(content(self._hint), classes="hint")
            with Horizontal(classes="answers"):
                yield Button(content("Cancel (esc)"), id="no", compact=True)
                yield Button(content(f"{self._verb.capitalize()} (enter)"), id="yes", compact=True)

    def on_key(self, event: events.Key) -> None:
        """The keys that leave, and that go through the fields."""
        if event.key == "escape":
            event.stop()
            self.dismiss(None)
        elif event.key in ("up", "down"):
            event.stop()
            (self.focus_previous if event.key == "up" else self.focus_next)()

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.dismiss(self.given() if event.button.id == "yes" else None)
