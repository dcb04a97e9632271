"""A question that is answered with a line of text."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from appo_tui.tui.dialogs.form import Form
from appo_tui.tui.drawing.text import printable


class AskText(Form[str]):
    """Asks for text; None if it was left."""

    def __init__(self, title: str, value: str, hint: str = "", *, verb: str = "save") -> None:
        super().__init__(title, hint, verb=verb)
        self._value = value

    def fields(self) -> ComposeResult:
        """A line to type in."""
        with Vertical(classes="field"):
            yield Input(printable(self._value))

    def given(self) -> str:
        """What was typed."""
        return self.query_one(Input).value.strip()

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.dismiss(self.given())
