"""All that the TUI reads and asks for, behind one protocol: screens call it in workers only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from appo_tui.jobs.events import AnyEvent
from appo_tui.jobs.request import JobOptions, JobRequest
from appo_tui.jobs.states import JobState
from appo_tui.model.entities import Model
from appo_tui.plan.entities import JobPlan
from appo_tui.session import Session


class WorkspaceError(Exception):
    """Something could not be read or done; the message says what, and what to do."""


@dataclass(frozen=True, slots=True)
class JobSummary:
    """A job as the history lists it; times are in seconds since the epoch, UTC.

    ``counts`` are nodes by state, in the states' order, without those that are none.
    """

    number: int
    state: JobState
    request: JobRequest
    created: float
    ended: float | None
    counts: tuple[tuple[str, int], ...] = ()


class Workspace(Protocol):
    """Where models, plans and jobs come from. Every method may block, and may raise WorkspaceError."""

    @property
    def session(self) -> Session:
        """What the program was started on."""

    def read_model(self) -> Model:
        """Read the environment as it is now."""

    def source(self, file: str) -> Sequence[str]:
        """The lines of a file of the environment."""

    def changed_files(self) -> bool:
        """Whether a file of the environment changed since it was last read."""

    def launch(self, plan: JobPlan, options: JobOptions, command: str) -> int:
        """Start a job in a process of its own; returns its number."""

    def retry(self, job: int) -> int:
        """Start a job of the nodes of another that did not finish; returns its number."""

    def stop(self, job: int, *, force: bool) -> None:
        """Ask a job to start nothing more, or with ``force`` to end what runs too."""

    def job(self, number: int) -> JobSummary:
        """One job."""

    def jobs(self, *, before: int | None, limit: int) -> Sequence[JobSummary]:
        """Jobs with smaller numbers than ``before``, newest first."""

    def events(self, job: int, *, after: int) -> Sequence[AnyEvent]:
        """Events of a job with greater sequence numbers than ``after``, in order; some at a time."""
