"""How a job is to run."""

from __future__ import annotations

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input, Label

from appo_tui.jobs.request import JobOptions
from appo_tui.tui.dialogs.form import Form
from appo_tui.tui.drawing.text import content, printable
from appo_tui.tui.widgets.toggle import Toggle

_HINT = "Agent mode needs your own Puppet server that still has the language."


class OptionsDialog(Form[JobOptions]):
    """Asks for a job's options."""

    def __init__(self, options: JobOptions) -> None:
        super().__init__("Options of the job", _HINT, verb="keep")
        self._options = options

    def fields(self) -> ComposeResult:
        """A line for each."""
        options = self._options
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

    def given(self) -> JobOptions:
        """The options as they are in the form; those that it does not ask for stay."""
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

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.dismiss(self.given())


def _field(name: str, widget: Input | Toggle) -> ComposeResult:
    with Horizontal(classes="field"):
        yield Label(content(name))
        yield widget
