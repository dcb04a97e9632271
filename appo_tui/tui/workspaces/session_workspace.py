"""The workspace of a session: its files, its store, its runners. Everything heavy is imported on use."""

from __future__ import annotations

import getpass
import json
import shlex
import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cached_property, wraps
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from appo_tui.environment.faults import AppoError
from appo_tui.jobs.progress import JobProgress
from appo_tui.session import (
    Session,
    environments,
    new_request,
    read_model,
    same_command,
    with_environment,
)
from appo_tui.tui.credentials import Needed
from appo_tui.tui.drawing.node_lines import KnownNode, LastRun
from appo_tui.tui.workspaces import session_needs, session_nodes
from appo_tui.tui.workspaces.reader_process import NoAnswerError, ReaderProcess
from appo_tui.tui.workspaces.workspace import WorkspaceError

if TYPE_CHECKING:
    from appo_tui.evaluator.manifests import ManifestCache
    from appo_tui.jobs.access.credentials import Credentials
    from appo_tui.jobs.access.host_keys import UnknownHostKey
    from appo_tui.jobs.events import AnyEvent
    from appo_tui.jobs.request import JobOptions, JobRequest
    from appo_tui.jobs.store import JobSummary, Store, StoredJob
    from appo_tui.jobs.store.reading import JobOrder, LogDetail
    from appo_tui.model.entities import Model
    from appo_tui.plan.entities import JobPlan, Target

_Given = ParamSpec("_Given")
_Answer = TypeVar("_Answer")

_JOBS_LOOKED_AT = 50
_LINES_AT_ONCE = 50_000


def _told(call: Callable[_Given, _Answer]) -> Callable[_Given, _Answer]:
    """Errors of what lies below as WorkspaceError, in their own words."""

    @wraps(call)
    def telling(*args: _Given.args, **kwargs: _Given.kwargs) -> _Answer:
        try:
            return call(*args, **kwargs)
        except WorkspaceError:
            raise
        except AppoError as error:
            raise WorkspaceError(str(error)) from error
        except OSError as error:
            raise WorkspaceError(f"{error.filename}: {error.strerror}") from error

    return telling


class SessionWorkspace:
    """Reads and asks for real."""

    def __init__(self, session: Session, reader: ReaderProcess | None = None) -> None:
        self.session = session
        self._reader = reader

    @cached_property
    def _store(self) -> Store:
        from appo_tui.jobs import open_store

        return open_store(self.session.store_url)

    @cached_property
    def _manifests(self) -> ManifestCache:
        from appo_tui.model import reading_cache

        return reading_cache()

    def leave(self) -> None:
        """End the process that reads."""
        if self._reader is not None:
            self._reader.end()

    def environments(self) -> Sequence[str]:
        """Names of the environments that one may go to."""
        return tuple(environments(self.session))

    @_told
    def open_environment(self, name: str) -> None:
        """Go to another environment."""
        self.session = with_environment(self.session, name)

    @_told
    def read_model(self) -> Model:
        """Read the environment as it is now."""
        if self._reader is not None:
            with suppress(NoAnswerError):
                return self._reader.read(self.session)
        return read_model(self.session, self._manifests)

    @_told
    def facts(self, certname: str) -> Mapping[str, object] | None:
        """The facts that were given for a node, or None."""
        from appo_tui.environment import read_facts_file

        if self.session.facts_file is None:
            return None
        facts = read_facts_file(self.session.facts_file)
        return facts.of(certname) if facts.known(certname) else None

    @_told
    def source(self, file: str) -> Sequence[str]:
        """The lines of a file; relative names are below the environment."""
        path = Path(file)
        if not path.is_absolute():
            path = self.session.root / path
        return tuple(path.read_text(encoding="utf-8", errors="replace").splitlines())

    def changes(self, stop: Event) -> Iterator[None]:
        """Come on whenever files of the environment have changed, until ``stop`` is set."""
        from appo_tui.environment import watch

        for _ in watch(self.session.root, stop):
            yield

    @_told
    def plan(self, model: Model, target: Target) -> JobPlan:
        """Plan a target."""
        from appo_tui.plan import make_plan

        return make_plan(model, target)

    def command(self, plan: JobPlan, options: JobOptions) -> str:
        """The command line that starts a job of a plan."""
        return same_command(self.session, plan, options)

    @_told
    def export_plan(self, plan: JobPlan, name: str) -> Path:
        """Save a plan in the form that the file's ending says."""
        from appo_tui.plan import to_dict, to_dot, to_mermaid, to_svg

        path = Path(name).expanduser().absolute()
        forms: dict[str, Callable[[JobPlan], str]] = {
            ".json": lambda each: json.dumps(to_dict(each), indent=2) + "\n",
            ".dot": to_dot,
            ".mmd": to_mermaid,
            ".svg": to_svg,
        }
        if path.suffix not in forms:
            raise WorkspaceError(f"{name}: its ending must be one of {', '.join(forms)}.")
        path.write_text(forms[path.suffix](plan), encoding="utf-8")
        return path

    @_told
    def needed(self, plan: JobPlan, options: JobOptions) -> Needed:
        """What the user must be asked for before a job of this plan starts."""
        return session_needs.needed(new_request(self.session, plan, options))

    @_told
    def needed_again(self, job: int) -> Needed:
        """What the user must be asked for before nodes of a job run again."""
        return session_needs.needed(self._store.job(job).request)

    @_told
    def unknown_host_keys(self, certnames: Sequence[str]) -> Sequence[UnknownHostKey]:
        """Host keys that nobody has vouched for."""
        return session_needs.unknown_host_keys(self.session, certnames)

    @_told
    def add_host_keys(self, keys: Sequence[UnknownHostKey]) -> None:
        """Vouch for host keys."""
        from appo_tui.jobs.access.host_keys import add_host_keys

        if self.session.read_only:
            raise WorkspaceError("No host key is added with --read-only.")
        add_host_keys(keys)

    @_told
    def launch(self, plan: JobPlan, options: JobOptions, credentials: Credentials) -> int:
        """Start a job in a process of its own."""
        return self._started(new_request(self.session, plan, options), credentials)

    @_told
    def retry(self, job: int, credentials: Credentials) -> int:
        """Start a job of the nodes of another that did not finish."""
        from msgspec import structs

        from appo_tui.jobs import retry

        request = retry(self._store, job, getpass.getuser(), socket.gethostname())
        request = structs.replace(request, command=self.command(request.plan, request.options))
        return self._started(request, credentials)

    def _started(self, request: JobRequest, credentials: Credentials) -> int:
        from appo_tui.jobs import launch

        if self.session.read_only:
            raise WorkspaceError("Nothing is started with --read-only.")
        return launch(self.session.store_url, request, credentials)

    @_told
    def resume(self, job: int, credentials: Credentials) -> None:
        """Go on with a job whose runner is gone."""
        from appo_tui.jobs import resume

        resume(self.session.store_url, job, credentials)

    @_told
    def stop(self, job: int, *, force: bool) -> None:
        """Ask a job to stop."""
        if self.session.read_only:
            raise WorkspaceError("Nothing is stopped with --read-only.")
        if not self._store.ask(job, "force" if force else "stop", getpass.getuser()):
            raise WorkspaceError(f"Nobody works on job {job}: there is nothing to stop.")

    @_told
    def job(self, number: int) -> StoredJob:
        """One job."""
        return self._store.job(number)

    @_told
    def jobs(
        self, *, offset: int, limit: int, text: str, order: JobOrder, descending: bool
    ) -> Sequence[JobSummary]:
        """Jobs, some at a time."""
        return self._store.jobs(limit, offset, text, order=order, descending=descending)

    @_told
    def job_count(self) -> int:
        """How many jobs there are."""
        return self._store.count()

    @_told
    def last_runs(self) -> Mapping[str, LastRun]:
        """The latest run of each node, as far as the newest jobs tell."""
        found: dict[str, LastRun] = {}
        for summary in self._store.jobs(_JOBS_LOOKED_AT):
            request = self._store.job(summary.id).request
            progress = JobProgress.of(request).with_events(self._store.events(summary.id, logs=False))
            for certname, node in progress.nodes.items():
                if node.started is not None and certname not in found:
                    found[certname] = LastRun(summary.id, node.state, node.finished or node.started)
        return found

    @_told
    def known_nodes(self) -> Mapping[str, KnownNode]:
        """What collected facts tell of nodes beside the facts themselves."""
        return session_nodes.known_nodes(self.session)

    @_told
    def test_connections(self, certnames: Sequence[str]) -> Mapping[str, KnownNode]:
        """Connect to nodes."""
        return session_nodes.reach(self.session, certnames)

    @_told
    def collect_facts(self, certnames: Sequence[str]) -> Mapping[str, str]:
        """Ask nodes for their facts, and use them from now on unless others were given."""
        if self.session.read_only:
            raise WorkspaceError("No facts are kept with --read-only.")
        asked = self.session
        faults = session_nodes.collect(asked, certnames)
        if asked is self.session and asked.facts_file is None and asked.fact_cache is not None:
            self.session = replace(asked, facts_file=asked.fact_cache.used)
        return faults

    @_told
    def export_job(self, job: int, name: str) -> Path:
        """Write a job to a file, its log included."""
        from appo_tui.jobs.archive import export_job

        path = Path(name).expanduser().absolute()
        export_job(self._store, job, path)
        return path

    @_told
    def import_job(self, name: str) -> int:
        """Put a job of a file into the history."""
        from appo_tui.jobs.archive import import_job

        if self.session.read_only:
            raise WorkspaceError("Nothing is imported with --read-only.")
        return import_job(self._store, Path(name).expanduser().absolute())

    @_told
    def follow_elsewhere(self, job: int) -> str:
        """Follow a job in a window of the multiplexer, if there is one."""
        from appo_tui.tui.other_terminal import attach_words, open_window, window_command

        words = attach_words(self.session, job)
        command = window_command(f"job {job}", words)
        if command is None:
            return shlex.join(["appo", *words])
        fault = open_window(command)
        if fault:
            raise WorkspaceError(fault)
        return ""

    @_told
    def progress(self, job: int) -> JobProgress:
        """What has become of a job."""
        return self._store.progress(job)

    @_told
    def events(self, job: int, *, after: int, limit: int, log: LogDetail) -> Sequence[AnyEvent]:
        """Events of a job, some at a time."""
        return self._store.events_with_log(job, after, limit, log)

    @_told
    def log_text(self, job: int, sequences: Sequence[int]) -> Mapping[int, bytes]:
        """The lines of some log chunks."""
        return self._store.packed_log(job, sequences)

    @_told
    def log_chunks_with(
        self, job: int, needles: Sequence[str], first: int, last: int
    ) -> frozenset[int] | None:
        """Where in a log some texts may be."""
        return self._store.log_chunks_with(job, needles, first, last)

    @_told
    def save_log(self, job: int, name: str) -> Path:
        """Save all lines of a job's log."""
        from datetime import UTC, datetime

        path = Path(name).expanduser().absolute()
        progress = self._store.progress(job)
        with path.open("w", encoding="utf-8", errors="backslashreplace") as file:
            for node in progress.nodes:
                for attempt, count in sorted(self._store.log_attempts(job, node).items()):
                    for first in range(1, count + 1, _LINES_AT_ONCE):
                        for each in self._store.log(job, node, attempt, first, _LINES_AT_ONCE):
                            time = datetime.fromtimestamp(each.time, UTC).isoformat(timespec="milliseconds")
                            file.write(f"{time} {node} {each.level}: {each.text}\n")
        return path
