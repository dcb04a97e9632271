"""A form for passphrases and passwords: what is typed is never drawn, copied or kept."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Label

from appo_tui.tui.dialogs.form import Form
from appo_tui.tui.drawing.text import content


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


class AskSecrets(Form[tuple[str, ...]]):
    """Asks for secrets, one a question; None if it was left."""

    def __init__(self, title: str, questions: Sequence[str], *, verb: str, ascii_only: bool = False) -> None:
        super().__init__(title, "They go to the job's runner, and are kept nowhere.", verb=verb)
        self._ascii_only = ascii_only
        self._questions = tuple(questions)

    def fields(self) -> ComposeResult:
        """Each question above its field."""
        for question in self._questions:
            yield Label(content(question))
            with Vertical(classes="field"):
                yield SecretInput(ascii_only=self._ascii_only)

    def given(self) -> tuple[str, ...]:
        """What was typed, in the order of the questions."""
        return tuple(field.value for field in self.query(SecretInput))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        if event.input is self.query(SecretInput).last():
            self.dismiss(self.given())
        else:
            self.focus_next()
