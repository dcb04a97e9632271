"""Host keys that nobody has vouched for, to be compared and accepted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Label

from appo_tui.tui.drawing.lines import EMPTY, Entry, line, span
from appo_tui.tui.drawing.text import content
from appo_tui.tui.widgets.document import Document

if TYPE_CHECKING:
    from appo_tui.jobs.access.host_keys import UnknownHostKey

_KEY = "a"
_COMPARE = "Compare each with what the node itself says: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub"


class AcceptHostKeys(ModalScreen[bool]):
    """Asks whether keys are to be added; ``True`` only for the key that is named or the second button."""

    CSS_PATH = "dialogs.tcss"

    def __init__(self, keys: Sequence[UnknownHostKey]) -> None:
        super().__init__()
        self._keys = tuple(keys)

    def compose(self) -> ComposeResult:
        """The keys, where they would go, and two answers: the first, which has the keyboard, is no."""
        count = len(self._keys)
        title = "A host key is not known yet" if count == 1 else f"{count} host keys are not known yet"
        files = ", ".join(dict.fromkeys(str(key.known_hosts) for key in self._keys))
        with Vertical(classes="dialog -wide"):
            yield Label(content(title), classes="dialog-title")
            yield Document(wraps=True, id="keys")
            yield Label(content(_COMPARE), classes="hint")
            yield Label(content(f"Accepted, they are added to {files}."), classes="hint")
            with Horizontal(classes="answers"):
                yield Button(content("Cancel (esc)"), id="no", compact=True)
                yield Button(content(f"Accept ({_KEY})"), id="yes", compact=True)

    def on_mount(self) -> None:
        """Cancelling is what happens by accident."""
        self.query_one(Document).show([entry for key in self._keys for entry in _entries(key)])
        self.query_one("#no").focus()

    def on_key(self, event: events.Key) -> None:
        """The key that accepts, those that cancel, and those that go through the list."""
        keys = self.query_one(Document)
        if event.key == _KEY:
            event.stop()
            self.dismiss(True)  # noqa: FBT003 (the answer)
        elif event.key in ("escape", "n", "q"):
            event.stop()
            self.dismiss(False)  # noqa: FBT003 (the answer)
        elif event.key in ("up", "down", "pageup", "pagedown") and not keys.has_focus:
            event.stop()
            {"up": keys.action_cursor_up, "down": keys.action_cursor_down,
             "pageup": keys.action_page_up, "pagedown": keys.action_page_down}[event.key]()  # fmt: skip

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "yes")


def _entries(key: UnknownHostKey) -> tuple[Entry, ...]:
    where = f"  {key.host}" + (f", port {key.port}" if key.port != 22 else "")
    return (
        Entry(line(span(key.certname, "node"), span(where if where.strip() != key.certname else "", "dim"))),
        Entry(line("  ", span(key.fingerprint, "string"), span(f"  {key.algorithm}", "dim"))),
        EMPTY,
    )
