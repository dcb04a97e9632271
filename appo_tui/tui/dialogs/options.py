"""How a job is to run."""

from __future__ import annotations

from msgspec.structs import replace
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Label

from appo_tui.jobs.request import JobOptions
from appo_tui.tui.text import content, printable
from appo_tui.tui.widgets.toggle import Toggle


class OptionsDialog(ModalScreen[JobOptions | None]):
    """A form; None if it was left."""

    CSS_PATH = "dialogs.tcss"

    def __init__(self, options: JobOptions) -> None:
        super().__init__()
        self._options = options

    def compose(self) -> ComposeResult:
        """The fields."""
        options = self._options
        with Vertical(classes="dialog"):
            yield Label(content("Options of the job"), classes="dialog-title")
            yield from _field("Description", Input(printable(options.description), id="description"))
            limit = str(options.concurrency) if options.concurrency else ""
            yield from _field(
                "Concurrency", Input(limit, id="concurrency", type="integer", placeholder="no limit")
            )
            yield from _field(
                "Run as", Input(printable(options.run_as or ""), id="run-as", placeholder="the login user")
            )
            yield from _field("No-op", Toggle(value=options.noop, id="noop"))
            yield from _field("Agent mode", Toggle(value=options.mode == "agent", id="agent"))
            yield from _field("Availability", Toggle(value=options.availability, id="availability"))
            yield from _field("Debug", Toggle(value=options.debug, id="debug"))
            yield from _field("Trace", Toggle(value=options.trace, id="trace"))
            yield Label(
                content("Agent mode needs your own Puppet server that still has the language."),
                classes="hint",
            )
            with Horizontal(classes="answers"):
                yield Button(content("Cancel (esc)"), id="no", compact=True)
                yield Button(content("Keep (enter)"), id="yes", compact=True)

    def on_key(self, event: events.Key) -> None:
        """Escape leaves all as it was; up and down go from field to field."""
        if event.key == "escape":
            event.stop()
            self.dismiss(None)
        elif event.key in ("up", "down"):
            event.stop()
            (self.focus_previous if event.key == "up" else self.focus_next)()

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.dismiss(self._given())

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.dismiss(self._given() if event.button.id == "yes" else None)

    def _given(self) -> JobOptions:
        limit = self.query_one("#concurrency", Input).value.strip()
        return replace(
            self._options,
            description=self.query_one("#description", Input).value.strip(),
            concurrency=int(limit) if limit.isdigit() and int(limit) > 0 else None,
            run_as=self.query_one("#run-as", Input).value.strip() or None,
            noop=self.query_one("#noop", Toggle).value,
            mode="agent" if self.query_one("#agent", Toggle).value else "apply",
            availability=self.query_one("#availability", Toggle).value,
            debug=self.query_one("#debug", Toggle).value,
            trace=self.query_one("#trace", Toggle).value,
        )


def _field(name: str, widget: Input | Toggle) -> ComposeResult:
    with Horizontal(classes="field"):
        yield Label(content(name))
        yield widget
