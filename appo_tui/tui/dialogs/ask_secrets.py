"""A form for passphrases and passwords: what is typed is never drawn, copied or kept."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Label

from appo_tui.tui.text import content


class SecretInput(Input):
    """A field whose text can't be copied out of it either, and is drawn as stars."""

    def __init__(self, *, ascii_only: bool) -> None:
        super().__init__(password=True)
        self._ascii_only = ascii_only

    @property
    def _value(self) -> Text:
        # Textual has no setting for it, and a bullet is no character of ASCII.
        if self._ascii_only:
            return Text("*" * len(self.value), no_wrap=True, overflow="ignore", end="")
        return super()._value

    def action_copy(self) -> None:
        """Nothing is copied."""

    def action_cut(self) -> None:
        """Nothing is copied."""


class AskSecrets(ModalScreen[tuple[str, ...] | None]):
    """Asks for secrets, one a question; None if it was left."""

    CSS_PATH = "dialogs.tcss"

    def __init__(self, title: str, questions: Sequence[str], *, verb: str, ascii_only: bool = False) -> None:
        super().__init__()
        self._ascii_only = ascii_only
        self._title = title
        self._questions = tuple(questions)
        self._verb = verb

    def compose(self) -> ComposeResult:
        """Each question above its field."""
        with Vertical(classes="dialog"):
            yield Label(content(self._title), classes="dialog-title")
            for question in self._questions:
                yield Label(content(question))
                with Vertical(classes="field"):
                    yield SecretInput(ascii_only=self._ascii_only)
            yield Label(content("They go to the job's runner, and are kept nowhere."), classes="hint")
            with Horizontal(classes="answers"):
                yield Button(content("Cancel (esc)"), id="no", compact=True)
                yield Button(content(f"{self._verb.capitalize()} (enter)"), id="yes", compact=True)

    def on_key(self, event: events.Key) -> None:
        """Escape leaves; up and down go from field to field."""
        if event.key == "escape":
            event.stop()
            self.dismiss(None)
        elif event.key in ("up", "down"):
            event.stop()
            (self.focus_previous if event.key == "up" else self.focus_next)()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        if event.input is self.query(SecretInput).last():
            self.dismiss(self._given())
        else:
            self.focus_next()

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.dismiss(self._given() if event.button.id == "yes" else None)

    def _given(self) -> tuple[str, ...]:
        return tuple(field.value for field in self.query(SecretInput))
