"""A workspace made by hand: what screens read and ask for, without files, stores or nodes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event

from appo_tui.jobs.access.credentials import Credentials
from appo_tui.jobs.access.host_keys import UnknownHostKey
from appo_tui.jobs.events import AnyEvent, JobStopping
from appo_tui.jobs.progress import JobProgress
from appo_tui.jobs.request import JobOptions, JobRequest
from appo_tui.jobs.states import NodeState
from appo_tui.jobs.store.reading import JobOrder, LogDetail
from appo_tui.jobs.store.summary import JobSummary, StoredJob
from appo_tui.model.entities import Component, Model
from appo_tui.plan import JobPlan, PlanError, Target, equivalent_command, make_plan
from appo_tui.session import Session
from appo_tui.tui.credentials import Needed
from appo_tui.tui.drawing.node_lines import KnownNode, LastRun
from appo_tui.tui.workspaces.workspace import WorkspaceError
from tests.tui.events import START, numbered
from tests.tui.made import ROOT, SOURCE, made_model


@dataclass
class ActingWorkspace:
    """Gives what it was made with, and remembers what it was asked for."""

    model: Model = field(default_factory=made_model)
    session: Session = field(default_factory=lambda: Session(root=ROOT, environment="production"))
    histories: dict[int, tuple[AnyEvent, ...]] = field(default_factory=dict)
    requests: dict[int, JobRequest] = field(default_factory=dict)
    launched: list[tuple[JobPlan, JobOptions]] = field(default_factory=list)
    stops: list[tuple[int, bool]] = field(default_factory=list)
    changed: Event = field(default_factory=Event)
    next_events: Sequence[AnyEvent] = ()
    exported: list[str] = field(default_factory=list)
    collected: list[tuple[str, ...]] = field(default_factory=list)
    resumed: list[int] = field(default_factory=list)
    needs: Needed = field(default_factory=Needed)
    credentials: list[Credentials] = field(default_factory=list)

    unknown_keys: tuple[UnknownHostKey, ...] = ()
    added_keys: list[UnknownHostKey] = field(default_factory=list)
    others: dict[str, Model | str] = field(default_factory=dict)
    """Other environments, each with its model or why it can't be read."""

    def environments(self) -> Sequence[str]:
        return sorted({self.session.environment, *self.others})

    def open_environment(self, name: str) -> None:
        if name not in self.others:
            raise WorkspaceError(f"there is no environment {name!r} to go to")
        self.session = replace(self.session, environment=name, root=ROOT.parent / name)

    def read_model(self) -> Model:
        found = self.others.get(self.session.environment, self.model)
        if isinstance(found, str):
            raise WorkspaceError(found)
        return found

    def leave(self) -> None:
        pass

    def model_components(self) -> tuple[Component, ...]:
        return tuple(self.model.components.values())

    def say(self, job: int, *events: AnyEvent) -> None:
        """Something happens in a job."""
        self.histories[job] = numbered([*self.histories[job], *events])

    def say_stopping(self, job: int) -> None:
        """The runner has heard that it is to stop."""
        self.say(job, JobStopping(force=False, by="anna"))

    def facts(self, certname: str) -> Mapping[str, object] | None:
        return {"ipaddress": "10.0.0.5", "os": {"family": "Debian"}} if certname.startswith("db") else None

    def last_runs(self) -> Mapping[str, LastRun]:
        return {"db1.example.com": LastRun(1, NodeState.FINISHED, START)} if self.requests else {}

    def known_nodes(self) -> Mapping[str, KnownNode]:
        return {"db1.example.com": KnownNode(asked=START - 3600, puppet="7.23.0")}

    def test_connections(self, certnames: Sequence[str]) -> Mapping[str, KnownNode]:
        return {name: KnownNode(reached=False, fault="it does not answer") for name in certnames}

    def collect_facts(self, certnames: Sequence[str]) -> Mapping[str, str]:
        self.collected.append(tuple(certnames))
        return {}

    def export_job(self, job: int, name: str) -> Path:
        self.exported.append(name)
        return Path("/tmp") / name

    def import_job(self, name: str) -> int:
        if name != "job-1.json":
            raise WorkspaceError(f"{name} is no exported job.")
        return self.keep(self.requests[1].plan, self.requests[1].options, self.histories[1])

    def source(self, file: str) -> Sequence[str]:
        return SOURCE

    def changes(self, stop: Event) -> Iterator[None]:
        while not stop.is_set():
            if self.changed.wait(0.05):
                self.changed.clear()
                yield

    def plan(self, model: Model, target: Target) -> JobPlan:
        try:
            return make_plan(model, target)
        except PlanError as error:
            raise WorkspaceError(str(error)) from error

    def command(self, plan: JobPlan, options: JobOptions) -> str:
        return equivalent_command(plan, options)

    def export_plan(self, plan: JobPlan, name: str) -> Path:
        self.exported.append(name)
        return Path("/tmp") / name

    def save_log(self, job: int, name: str) -> Path:
        self.exported.append(name)
        return Path("/tmp") / name

    def needed(self, plan: JobPlan, options: JobOptions) -> Needed:
        return self.needs

    def needed_again(self, job: int) -> Needed:
        return self.needs

    def unknown_host_keys(self, certnames: Sequence[str]) -> Sequence[UnknownHostKey]:
        return [key for key in self.unknown_keys if key.certname in certnames]

    def add_host_keys(self, keys: Sequence[UnknownHostKey]) -> None:
        self.added_keys += keys

    def launch(self, plan: JobPlan, options: JobOptions, credentials: Credentials) -> int:
        self.credentials.append(credentials)
        self.launched.append((plan, options))
        return self.keep(plan, options, self.next_events)

    def keep(self, plan: JobPlan, options: JobOptions, events: Sequence[AnyEvent]) -> int:
        number = max(self.requests, default=0) + 1
        self.requests[number] = JobRequest(
            root=str(ROOT), environment=plan.environment, plan=plan, options=options, owner="anna",
            host="desk", simulated=self.session.simulated, command=self.command(plan, options),
        )  # fmt: skip
        self.histories[number] = tuple(events)
        return number

    def retry(self, job: int, credentials: Credentials) -> int:
        return self.launch(self.requests[job].plan, self.requests[job].options, credentials)

    def resume(self, job: int, credentials: Credentials) -> None:
        self.credentials.append(credentials)
        self.resumed.append(job)

    def stop(self, job: int, *, force: bool) -> None:
        self.stops.append((job, force))

    def job(self, number: int) -> StoredJob:
        if number not in self.requests:
            raise WorkspaceError(f"There is no job {number}.")
        return StoredJob(self.summary(number), self.requests[number])

    def summary(self, number: int) -> JobSummary:
        request = self.requests[number]
        progress = JobProgress.of(request).with_events(self.histories[number])
        return JobSummary(
            id=number, state=progress.state, environment=request.environment, target=str(request.plan.target),
            owner=request.owner, host=request.host, description=request.options.description,
            mode=request.options.mode, noop=request.options.noop, enforce_environment=True,
            simulated=request.simulated, retry_of=request.retry_of, node_count=len(request.plan.nodes),
            node_states=progress.counts, created=START, started=progress.started, finished=progress.finished,
            changed=progress.last_time or START, runner_alive=not progress.state.ended,
        )  # fmt: skip

    def jobs(
        self, *, offset: int, limit: int, text: str, order: JobOrder, descending: bool
    ) -> Sequence[JobSummary]:
        found = [self.summary(number) for number in sorted(self.requests, reverse=descending)]
        if order != "job":
            found.sort(key=lambda each: str(getattr(each, order)), reverse=descending)
        wanted = [each for each in found if text in f"{each.target} {each.state} {each.description}"]
        return wanted[offset : offset + limit]

    def job_count(self) -> int:
        return len(self.requests)

    def follow_elsewhere(self, job: int) -> str:
        return f"appo job attach {job}"

    def progress(self, job: int) -> JobProgress:
        return JobProgress.of(self.requests[job]).with_events(self.histories[job])

    def log_text(self, job: int, sequences: Sequence[int]) -> Mapping[int, bytes]:
        raise AssertionError("every chunk has its lines")

    def log_chunks_with(
        self, job: int, needles: Sequence[str], first: int, last: int
    ) -> frozenset[int] | None:
        raise AssertionError("every chunk has its lines")

    def events(self, job: int, *, after: int, limit: int, log: LogDetail) -> Sequence[AnyEvent]:
        return [event for event in self.histories.get(job, ()) if event.sequence > after][:limit]
