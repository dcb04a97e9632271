"""A workspace made by hand: what screens read and ask for, without files, stores or nodes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from appo_tui.jobs.events import AnyEvent
from appo_tui.jobs.request import JobOptions, JobRequest
from appo_tui.jobs.states import JobState
from appo_tui.model.entities import Model
from appo_tui.plan.entities import JobPlan
from appo_tui.session import Session
from appo_tui.tui.workspace import JobSummary, WorkspaceError
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
    changed: bool = False

    def read_model(self) -> Model:
        self.changed = False
        return self.model

    def source(self, file: str) -> Sequence[str]:
        return SOURCE

    def changed_files(self) -> bool:
        return self.changed

    def launch(self, plan: JobPlan, options: JobOptions, command: str) -> int:
        self.launched.append((plan, options))
        number = max(self.requests, default=0) + 1
        self.requests[number] = JobRequest(
            root=str(ROOT), environment=plan.environment, plan=plan, options=options, owner="anna",
            host="desk", simulated=self.session.simulated, command=command,
        )  # fmt: skip
        self.histories.setdefault(number, ())
        return number

    def retry(self, job: int) -> int:
        return self.launch(self.requests[job].plan, self.requests[job].options, "")

    def stop(self, job: int, *, force: bool) -> None:
        self.stops.append((job, force))

    def job(self, number: int) -> JobSummary:
        if number not in self.requests:
            raise WorkspaceError(f"There is no job {number}.")
        return JobSummary(number, JobState.RUNNING, self.requests[number], 1_700_000_000.0, None)

    def jobs(self, *, before: int | None, limit: int) -> Sequence[JobSummary]:
        numbers = sorted((each for each in self.requests if before is None or each < before), reverse=True)
        return [self.job(number) for number in numbers[:limit]]

    def events(self, job: int, *, after: int) -> Sequence[AnyEvent]:
        return [event for event in self.histories.get(job, ()) if event.sequence > after]
