"""One of several names, found by typing a part of it."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Label

from appo_tui.tui.drawing.lines import Entry, line, span
from appo_tui.tui.drawing.text import content
from appo_tui.tui.widgets.document import Document
from appo_tui.tui.widgets.row_list import RowList


class Choose(ModalScreen[str | None]):
    """Asks for one of some names; None if it was left."""

    CSS_PATH = "dialogs.tcss"

    def __init__(self, title: str, names: Sequence[str], *, here: str) -> None:
        super().__init__()
        self._title = title
        self._names = tuple(names)
        self._here = here

    def compose(self) -> ComposeResult:
        """A field above the names that have what is in it."""
        with Vertical(classes="dialog"):
            yield Label(content(self._title), classes="dialog-title")
            with Vertical(classes="field"):
                yield Input(placeholder="a part of its name")
            yield Document(id="names")
            yield Label(content(f"Here is {self._here}. enter goes, esc stays."), classes="hint")

    def on_mount(self) -> None:
        """All of them."""
        self.query_one(Input).focus()
        self._show("")

    def on_key(self, event: events.Key) -> None:
        """Escape leaves; up and down go from name to name."""
        names = self.query_one(Document)
        if event.key == "escape":
            event.stop()
            self.dismiss(None)
        elif event.key in ("up", "down") and not names.has_focus:
            event.stop()
            (names.action_cursor_up if event.key == "up" else names.action_cursor_down)()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._show(event.value.strip())

    @on(Input.Submitted)
    @on(RowList.Selected)
    def _chosen(self) -> None:
        names = self.query_one(Document)
        chosen = names.leads_to(names.cursor_key)
        if isinstance(chosen, str):
            self.dismiss(chosen)

    def _show(self, text: str) -> None:
        found = [name for name in self._names if text.lower() in name.lower()]
        nothing = Entry(line(span(f"None has {text} in its name.", "dim")))
        entries = tuple(Entry(line(span(f" {name}", "name")), leads_to=name) for name in found)
        self.query_one(Document).show(entries or (nothing,))
