"""A job followed to its end, in the orchestrator's words; Ctrl-C stops it."""

from __future__ import annotations

import getpass
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import TYPE_CHECKING

from appo_tui.cli.call import Call
from appo_tui.cli.job.ending import exit_code, write_ending
from appo_tui.cli.job.pointers import log_command, program
from appo_tui.cli.output import Output

if TYPE_CHECKING:
    from appo_tui.jobs import JobProgress, Store
    from appo_tui.jobs.events import AnyEvent, NodeFailed, NodeFinished
    from appo_tui.session import Session

_STOPPING = "Stopping: running nodes finish, no more are started. Ctrl-C again ends the running ones too."
_FORCING = "Ending the running nodes. Ctrl-C again leaves the job to itself."


@dataclass(slots=True)
class _Interrupts:
    """How often Ctrl-C was pressed."""

    count: int = 0

    def press(self, _number: int, _frame: FrameType | None) -> None:
        self.count += 1


@contextmanager
def _interrupts() -> Iterator[_Interrupts]:
    pressed = _Interrupts()
    before = signal.signal(signal.SIGINT, pressed.press)
    try:
        yield pressed
    finally:
        signal.signal(signal.SIGINT, before)


def watch(call: Call, session: Session, job: int) -> int:
    """Follows a job until it has ended; returns its exit code.

    The first Ctrl-C asks the job's runner to stop, the second to end what runs, the third leaves it.
    """
    from appo_tui.jobs import open_store

    store = open_store(session.store_url)
    try:
        with _interrupts() as pressed:
            progress, left = _follow(call, store, job, pressed)
    finally:
        store.close()
    if call.output.as_json:
        from appo_tui.cli.job.json_forms import job_json

        call.output.json(job_json(job, progress))
    elif not left:
        write_ending(progress, call.output)
    return 130 if pressed.count else exit_code(progress)


def _follow(call: Call, store: Store, job: int, pressed: _Interrupts) -> tuple[JobProgress, bool]:
    """Returns the job as it was last seen, and whether it was left before its end."""
    from appo_tui.jobs import follow

    progress = store.progress(job)
    writer = EventWriter(call.output, job, simulated=progress.request.simulated)
    asked = 0
    if not call.output.as_json:
        writer.write(store.events(job, logs=False))
    for batch in follow(store, job, progress.last_sequence, logs=False):
        progress = progress.with_events(batch)
        if not call.output.as_json:
            writer.write(batch)
        if pressed.count > 2:
            again = f"{program(simulated=progress.request.simulated)} job attach {job}"
            _say(f"Left job {job} to itself: `{again}` follows it again.")
            return progress, True
        if pressed.count > asked:
            asked = pressed.count
            store.ask(job, "stop" if asked == 1 else "force", user_name())
            _say(_STOPPING if asked == 1 else _FORCING)
    return progress, False


def user_name() -> str:
    """Returns who asks."""
    return getpass.getuser()


def _say(text: str) -> None:
    sys.stderr.write(f"\n{text}\n")
    sys.stderr.flush()


class EventWriter:
    """Writes a job's events as the orchestrator did."""

    def __init__(self, output: Output, job: int, *, simulated: bool) -> None:
        self._output = output
        self._job = job
        self._simulated = simulated

    def write(self, events: tuple[AnyEvent, ...]) -> None:
        """Writes those events that a reader is told of."""
        from appo_tui.jobs import events as ev

        output = self._output
        for event in events:
            match event:
                case ev.JobStarted():
                    self._started(event)
                case ev.NodeRunning():
                    attempt = f" (attempt {event.attempt})" if event.attempt > 1 else ""
                    output.line(f"Started puppet run on {output.text(event.node)} ...{attempt}")
                case ev.NodeWaiting():
                    output.line(f"Waiting with {output.text(event.node)}: {output.text(event.message)}")
                case ev.NodeFinished() | ev.NodeFailed():
                    self._reported(event)
                case ev.NodeErrored():
                    reason = output.paint(event.message, "red")
                    output.line(f"Error running puppet on {output.text(event.node)}: {reason}")
                case ev.NodeSkipped():
                    reason = output.paint(event.message, "yellow")
                    output.line(f"Skipped puppet run on {output.text(event.node)}: {reason}")
                case ev.JobStopping():
                    output.line(f"Stopping job {self._job}{', by force' if event.force else ''} ...")
        output.flush()

    def _started(self, event: object) -> None:
        from appo_tui.jobs.events import JobStarted

        assert isinstance(event, JobStarted)
        if event.stale:
            self._output.line("The environment has changed since the plan was made.")
        if event.message:
            self._output.line(self._output.text(event.message))
        for warning in event.warnings:
            self._output.line(self._output.paint("Warning:", "yellow"), " ", self._output.text(warning))

    def _reported(self, event: NodeFinished | NodeFailed) -> None:
        from appo_tui.jobs.events import NodeFinished

        output = self._output
        success = isinstance(event, NodeFinished)
        outcome = output.paint("Success!", "green") if success else output.paint("Failed!", "red")
        output.line(f"Finished puppet run on {output.text(event.node)} - {outcome}")
        if not success:
            output.line(f"    {output.text(event.message)}")
        if event.configuration_version:
            output.line(f"    Applied configuration version {output.text(event.configuration_version)}")
        counts = event.metrics
        output.line(
            f"    Resource events: {counts.failed} failed {counts.changed} changed "
            f"{counts.unchanged} unchanged {counts.skipped} skipped {counts.noop} noop"
        )
        report = log_command(self._job, event.node, simulated=self._simulated)
        output.line(f"    Report: {output.text(report)}")
