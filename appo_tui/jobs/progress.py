"""What has become of a job: a fold over its events."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from appo_tui.jobs import events as ev
from appo_tui.jobs.request import JobRequest
from appo_tui.jobs.states import JobState, NodeState


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt at a node's run. Times are seconds since the epoch; ``log_lines`` counts its log."""

    number: int
    started: float
    command: str = ""
    finished: float | None = None
    log_lines: int = 0
    log_offset: int = 0
    resource_events: tuple[ev.ResourceEvent, ...] = ()


@dataclass(frozen=True, slots=True)
class NodeProgress:
    """A node's part of a job.

    Attributes:
        message: the last that was said of it: why it waits, failed, or was skipped.
        cause: a skipped node's failed node at the root, empty if the job was stopped.
        metrics: counts of its report, None until there is one.
        history: the states that it entered, and when.
        delivered: what its run computed for other nodes, without secrets, as its event has it.
    """

    certname: str
    state: NodeState = NodeState.NEW
    attempts: tuple[Attempt, ...] = ()
    message: str = ""
    cause: str = ""
    metrics: ev.Metrics | None = None
    configuration_version: str = ""
    transaction_uuid: str = ""
    history: tuple[tuple[NodeState, float], ...] = ()
    delivered: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def attempt(self) -> int:
        """The number of the latest attempt, 0 before the first."""
        return self.attempts[-1].number if self.attempts else 0

    @property
    def started(self) -> float | None:
        """When its first attempt began."""
        return self.attempts[0].started if self.attempts else None

    @property
    def finished(self) -> float | None:
        """When it came to its end, None before that."""
        return self.history[-1][1] if self.state.ended and self.history else None

    @property
    def log_lines(self) -> int:
        """Lines in the log of its latest attempt."""
        return self.attempts[-1].log_lines if self.attempts else 0

    @property
    def resource_events(self) -> tuple[ev.ResourceEvent, ...]:
        """The resource events of its latest attempt's report."""
        return self.attempts[-1].resource_events if self.attempts else ()


@dataclass(frozen=True, slots=True)
class JobProgress:
    """A job's state after some of its events; never changes, ``with_events`` makes the next.

    ``nodes`` is in the plan's order. ``last_sequence`` is the number of the last event folded in: ask
    the store for those after it. ``stopping`` is empty, "stop" or "force". ``stale`` if the files had
    changed since the plan was made. ``warnings`` are sentences, for all nodes together.
    """

    request: JobRequest
    nodes: Mapping[str, NodeProgress]
    state: JobState = JobState.NEW
    history: tuple[tuple[JobState, float], ...] = ()
    last_sequence: int = 0
    runner: str = ""
    runner_lost: bool = False
    stopping: str = ""
    stopped_by: str = ""
    stale: bool = False
    digest: str = ""
    message: str = ""
    warnings: tuple[str, ...] = ()
    last_time: float | None = field(default=None)

    @classmethod
    def of(cls, request: JobRequest) -> JobProgress:
        """A job that nothing has happened in."""
        nodes = {node.certname: NodeProgress(node.certname) for node in request.plan.nodes}
        return cls(request=request, nodes=nodes)

    def with_events(self, events: Iterable[ev.AnyEvent]) -> JobProgress:
        """The job after these events; those that are folded in already are passed over."""
        fold = _Fold(self)
        for event in events:
            fold.take(event)
        return fold.result()

    @property
    def started(self) -> float | None:
        """When the runner began."""
        return next((time for state, time in self.history if state is not JobState.NEW), None)

    @property
    def finished(self) -> float | None:
        """When the job ended, None before that."""
        return self.history[-1][1] if self.state.ended and self.history else None

    @property
    def counts(self) -> dict[NodeState, int]:
        """How many nodes are in which state; states without nodes are left out."""
        found: dict[NodeState, int] = {}
        for node in self.nodes.values():
            found[node.state] = found.get(node.state, 0) + 1
        return found

    @property
    def succeeded(self) -> bool:
        """Whether the job ended and every node finished."""
        return self.state.ended and all(node.state is NodeState.FINISHED for node in self.nodes.values())


class _Fold:
    """A job and its nodes while events are folded in."""

    def __init__(self, progress: JobProgress) -> None:
        self._job: dict[str, Any] = {}
        self._progress = progress
        self._nodes: dict[str, NodeProgress] = dict(progress.nodes)
        self._state = progress.state
        self._history = progress.history
        self._sequence = progress.last_sequence

    def take(self, event: ev.AnyEvent) -> None:
        if event.sequence <= self._sequence:
            return
        self._sequence = event.sequence
        self._job["last_time"] = event.time
        _STEPS[type(event)](self, event)

    def result(self) -> JobProgress:
        return replace(
            self._progress,
            nodes=self._nodes,
            state=self._state,
            history=self._history,
            last_sequence=self._sequence,
            **self._job,
        )

    def _enter(self, state: JobState, time: float) -> None:
        if state is not self._state:
            self._state = state
            self._history = (*self._history, (state, time))

    def _node(self, event: Any, state: NodeState | None = None, **changes: Any) -> None:
        node = self._nodes.get(event.node) or NodeProgress(event.node)
        if state is not None and state is not node.state:
            changes["state"] = state
            changes["history"] = (*node.history, (state, event.time))
        self._nodes[event.node] = replace(node, **changes)

    def _attempt(self, event: Any, **changes: Any) -> tuple[Attempt, ...]:
        node = self._nodes.get(event.node) or NodeProgress(event.node)
        return tuple(
            replace(each, **changes) if each.number == event.attempt else each for each in node.attempts
        )

    def job_started(self, event: ev.JobStarted) -> None:
        self._job.update(
            runner=event.runner,
            runner_lost=False,
            stale=event.stale,
            digest=event.digest,
            message=event.message,
            warnings=event.warnings,
        )
        if self._state is JobState.NEW:
            self._enter(JobState.READY, event.time)

    def node_ready(self, event: ev.NodeReady) -> None:
        self._running(event.time)
        self._node(event, NodeState.READY)

    def node_waiting(self, event: ev.NodeWaiting) -> None:
        self._node(event, message=event.message)

    def node_running(self, event: ev.NodeRunning) -> None:
        self._running(event.time)
        node = self._nodes.get(event.node) or NodeProgress(event.node)
        attempt = Attempt(event.attempt, event.time, event.command)
        kept = tuple(each for each in node.attempts if each.number != event.attempt)
        self._node(event, NodeState.RUNNING, attempts=(*kept, attempt), message="")

    def log_chunk(self, event: ev.LogChunk) -> None:
        lines = event.first + len(event.lines) - 1
        self._node(event, attempts=self._attempt(event, log_lines=lines, log_offset=event.offset))

    def resource_events(self, event: ev.ResourceEvents) -> None:
        self._node(event, attempts=self._attempt(event, resource_events=event.events))

    def values_delivered(self, event: ev.ValuesDelivered) -> None:
        self._node(event, delivered=event.values)

    def node_reported(self, event: ev.NodeFinished | ev.NodeFailed) -> None:
        self._node(
            event,
            NodeState.FINISHED if isinstance(event, ev.NodeFinished) else NodeState.FAILED,
            attempts=self._attempt(event, finished=event.time),
            message=event.message,
            metrics=event.metrics,
            configuration_version=event.configuration_version,
            transaction_uuid=event.transaction_uuid,
        )

    def node_errored(self, event: ev.NodeErrored) -> None:
        attempts = self._attempt(event, finished=event.time)
        self._node(event, NodeState.ERRORED, attempts=attempts, message=event.message)

    def node_skipped(self, event: ev.NodeSkipped) -> None:
        self._node(event, NodeState.SKIPPED, message=event.message, cause=event.cause)

    def job_stopping(self, event: ev.JobStopping) -> None:
        self._job.update(stopping="force" if event.force else "stop", stopped_by=event.by)
        self._enter(JobState.STOPPING, event.time)

    def runner_lost(self, event: ev.RunnerLost) -> None:
        self._job.update(runner_lost=True, runner=event.runner)

    def job_finished(self, event: ev.JobFinished) -> None:
        self._enter(event.state, event.time)

    def _running(self, time: float) -> None:
        if self._state in (JobState.NEW, JobState.READY):
            self._enter(JobState.RUNNING, time)


_STEPS: Mapping[type[ev.Event], Callable[[_Fold, Any], None]] = {
    ev.JobStarted: _Fold.job_started,
    ev.NodeReady: _Fold.node_ready,
    ev.NodeWaiting: _Fold.node_waiting,
    ev.NodeRunning: _Fold.node_running,
    ev.LogChunk: _Fold.log_chunk,
    ev.ResourceEvents: _Fold.resource_events,
    ev.ValuesDelivered: _Fold.values_delivered,
    ev.NodeFinished: _Fold.node_reported,
    ev.NodeFailed: _Fold.node_reported,
    ev.NodeErrored: _Fold.node_errored,
    ev.NodeSkipped: _Fold.node_skipped,
    ev.JobStopping: _Fold.job_stopping,
    ev.RunnerLost: _Fold.runner_lost,
    ev.JobFinished: _Fold.job_finished,
}
