"""All that the TUI reads and asks for, behind one protocol: screens call it in workers only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path
    from threading import Event

    from appo_tui.jobs.access.credentials import Credentials
    from appo_tui.jobs.access.host_keys import UnknownHostKey
    from appo_tui.jobs.events import AnyEvent
    from appo_tui.jobs.progress import JobProgress
    from appo_tui.jobs.request import JobOptions
    from appo_tui.jobs.store.reading import JobOrder, LogDetail
    from appo_tui.jobs.store.summary import JobSummary, StoredJob
    from appo_tui.model.entities import Model
    from appo_tui.plan.entities import JobPlan, Target
    from appo_tui.session import Session
    from appo_tui.tui.credentials import Needed
    from appo_tui.tui.drawing.node_lines import KnownNode, LastRun


class WorkspaceError(Exception):
    """Something could not be read or done; the message says what, and what to do."""


class Workspace(Protocol):
    """Where models, plans and jobs come from. Every method may block, and may raise WorkspaceError."""

    @property
    def session(self) -> Session:
        """What the program works on."""

    def environments(self) -> Sequence[str]:
        """Names of the environments that one may go to from here, this one included."""

    def open_environment(self, name: str) -> None:
        """Go to another environment: from now on, it is the session's."""

    def read_model(self) -> Model:
        """Read the environment as it is now."""

    def leave(self) -> None:
        """The program ends: who waits for a model need not go on waiting."""

    def facts(self, certname: str) -> Mapping[str, object] | None:
        """The facts that are known of a node, or None."""

    def source(self, file: str) -> Sequence[str]:
        """The lines of a file of the environment."""

    def changes(self, stop: Event) -> Iterator[None]:
        """Come on whenever files of the environment have changed, until ``stop`` is set."""

    def plan(self, model: Model, target: Target) -> JobPlan:
        """Plan a target."""

    def command(self, plan: JobPlan, options: JobOptions) -> str:
        """The command line that starts a job of a plan."""

    def export_plan(self, plan: JobPlan, name: str) -> Path:
        """Save a plan in the form that the file's ending says; returns where."""

    def needed(self, plan: JobPlan, options: JobOptions) -> Needed:
        """What the user must be asked for before a job of this plan starts."""

    def needed_again(self, job: int) -> Needed:
        """What the user must be asked for before nodes of a job run again."""

    def unknown_host_keys(self, certnames: Sequence[str]) -> Sequence[UnknownHostKey]:
        """The keys with which these nodes answer and that nobody has vouched for."""

    def add_host_keys(self, keys: Sequence[UnknownHostKey]) -> None:
        """Vouch for host keys: from now on, they are known."""

    def launch(self, plan: JobPlan, options: JobOptions, credentials: Credentials) -> int:
        """Start a job in a process of its own; returns its number."""

    def retry(self, job: int, credentials: Credentials) -> int:
        """Start a job of the nodes of another that did not finish; returns its number."""

    def resume(self, job: int, credentials: Credentials) -> None:
        """Go on with a job whose runner is gone."""

    def stop(self, job: int, *, force: bool) -> None:
        """Ask a job to start nothing more, or with ``force`` to end what runs too."""

    def job(self, number: int) -> StoredJob:
        """One job."""

    def jobs(
        self, *, offset: int, limit: int, text: str, order: JobOrder, descending: bool
    ) -> Sequence[JobSummary]:
        """Jobs that have a text in them, some at a time."""

    def job_count(self) -> int:
        """How many jobs there are."""

    def last_runs(self) -> Mapping[str, LastRun]:
        """The latest run of each node, as far as the newest jobs tell."""

    def known_nodes(self) -> Mapping[str, KnownNode]:
        """What collected facts tell of nodes beside the facts themselves."""

    def test_connections(self, certnames: Sequence[str]) -> Mapping[str, KnownNode]:
        """Connect to nodes; returns what each answered."""

    def collect_facts(self, certnames: Sequence[str]) -> Mapping[str, str]:
        """Ask nodes for their facts, and keep them; returns why some could not be had."""

    def export_job(self, job: int, name: str) -> Path:
        """Write a job to a file, its log included; returns where."""

    def import_job(self, name: str) -> int:
        """Put a job of a file into the history; returns its number there."""

    def follow_elsewhere(self, job: int) -> str:
        """Follow a job in another terminal; returns the command that does it if none could be opened."""

    def progress(self, job: int) -> JobProgress:
        """What has become of a job, without the lines of its logs."""

    def events(self, job: int, *, after: int, limit: int, log: LogDetail) -> Sequence[AnyEvent]:
        """Events of a job with greater sequence numbers than ``after``, in order, at most ``limit``."""

    def log_text(self, job: int, sequences: Sequence[int]) -> Mapping[int, bytes]:
        """The lines of some log chunks by their events' numbers, as the store has them."""

    def log_chunks_with(
        self, job: int, needles: Sequence[str], first: int, last: int
    ) -> frozenset[int] | None:
        """The events of a job's log, from number ``first`` to ``last``, that may hold one of some texts.

        Letters stand for their other case too, and ``_`` for any character; None if that can't be told.
        """

    def save_log(self, job: int, name: str) -> Path:
        """Save all lines of a job's log, whatever of it is on the screen; returns where."""
