"""All that can be done on a screen, with the keys in force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Label

from appo_tui.tui.actions import TITLES, Where, actions_of
from appo_tui.tui.drawing.lines import EMPTY, Entry, line, span
from appo_tui.tui.drawing.text import content
from appo_tui.tui.keys import key_names
from appo_tui.tui.widgets.document import Document

_KEYS_WIDTH = 14
"""Columns of the keys, beside what they do."""


class Help(ModalScreen[None]):
    """A page of keys, generated from the registry."""

    CSS_PATH = "dialogs.tcss"

    def __init__(self, places: Sequence[Where], keymap: Mapping[str, str]) -> None:
        super().__init__()
        self._entries = help_entries(places, keymap)

    def compose(self) -> ComposeResult:
        """A title and the keys."""
        with Vertical(classes="dialog -tall -wide"):
            yield Label(
                content("Keys (esc closes; the ids are for the settings file)"), classes="dialog-title"
            )
            yield Document(wraps=True, id="keys")

    def on_mount(self) -> None:
        """Show them."""
        keys = self.query_one(Document)
        keys.show(self._entries)
        keys.focus()

    def on_key(self, event: events.Key) -> None:
        """Close."""
        if event.key in ("escape", "q", "question_mark", "f1"):
            event.stop()
            self.dismiss(None)


def help_entries(places: Sequence[Where], keymap: Mapping[str, str]) -> tuple[Entry, ...]:
    """Lines of help: for each place its actions, with the keys in force, a sentence, and the id."""
    entries: list[Entry] = []
    for place in places:
        entries.append(Entry(line(span(TITLES[place], "heading"))))
        for action in actions_of(place):
            keys = key_names(keymap.get(action.id, action.keys))
            entries.append(
                Entry(
                    line(
                        span(f"  {keys:{_KEYS_WIDTH}} ", "name"),
                        span(action.help),
                        span(f"  :{action.command}" if action.command else "", "type"),
                        "  ",
                    ),
                    aside=(span(action.id, "dim"),),
                    hanging=_KEYS_WIDTH + 3,
                )
            )
        entries.append(EMPTY)
    return tuple(entries)
