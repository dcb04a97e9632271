"""What happens in a job. A job is the list of its events; every view of it is a fold over them.

Events are msgspec Structs, tagged with the names of the orchestrator's own event types where it had
one. They are keyed by (job, sequence number); ``time`` is in seconds since the epoch, UTC.
"""

from __future__ import annotations

from typing import Any

import msgspec

from appo_tui.jobs.states import JobState


class Event(msgspec.Struct, frozen=True, kw_only=True, tag_field="type"):
    """What all events have. ``sequence`` counts from 1 within a job, without gaps; 0: not recorded yet."""

    sequence: int = 0
    time: float = 0.0


class JobStarted(Event, frozen=True, kw_only=True, tag="job_started"):
    """The runner has read the environment and begins. ``digest`` is that of the plan that it follows.

    ``stale`` if the files changed since the plan was made: the job runs what they say now. A resumed job
    has one of these for each runner that worked on it; ``message`` says what a user should know, each of
    ``warnings`` what may not go as it was meant.
    """

    runner: str
    digest: str
    stale: bool = False
    message: str = ""
    warnings: tuple[str, ...] = ()


class NodeReady(Event, frozen=True, kw_only=True, tag="node_ready"):
    """All that the node waits for has finished; it waits only for its turn."""

    node: str


class NodeWaiting(Event, frozen=True, kw_only=True, tag="node_waiting"):
    """The node is held up by something outside the job, such as another job's run on it."""

    node: str
    message: str


class NodeRunning(Event, frozen=True, kw_only=True, tag="node_running"):
    """An attempt at the node's run begins; ``attempt`` counts from 1. ``command`` is what is run there."""

    node: str
    attempt: int
    command: str
    noop: bool = False


class LogLine(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One line of a node's run.

    ``level`` is Puppet's (debug, info, notice, warning, err, ...); ``stream`` is stdout, stderr, or appo
    for our own words; ``time`` is in seconds since the epoch.
    """

    time: float
    stream: str
    level: str
    source: str
    text: str


class LogChunk(Event, frozen=True, kw_only=True, tag="log"):
    """Lines of a node's log. ``first`` numbers the first of them from 1 within node and attempt.

    ``offset`` is where in the node's spool, in bytes, the next chunk goes on.
    """

    node: str
    attempt: int
    first: int
    lines: tuple[LogLine, ...]
    offset: int = 0


class ResourceEvent(msgspec.Struct, frozen=True, kw_only=True):
    """One resource event of Puppet's report; the field names are the orchestrator's."""

    resource_type: str
    resource_title: str
    property: str | None
    old_value: str | None
    new_value: str | None
    message: str
    status: str
    file: str | None = None
    line: int | None = None
    corrective_change: bool = False
    containment_path: tuple[str, ...] = ()


class ResourceEvents(Event, frozen=True, kw_only=True, tag="resource_events"):
    """Resource events of an attempt, as its report has them."""

    node: str
    attempt: int
    events: tuple[ResourceEvent, ...]


class ValuesDelivered(Event, frozen=True, kw_only=True, tag="values_delivered"):
    """What a run computed for other nodes: reference -> attribute -> value, secrets left out."""

    node: str
    attempt: int
    values: dict[str, dict[str, Any]]


class Metrics(msgspec.Struct, frozen=True, kw_only=True):
    """Counts of resources in a node's report."""

    failed: int = 0
    changed: int = 0
    unchanged: int = 0
    skipped: int = 0
    noop: int = 0
    corrective_change: int = 0
    total: int = 0


class NodeFinished(Event, frozen=True, kw_only=True, tag="node_finished"):
    """Puppet ran without failures."""

    node: str
    attempt: int
    message: str
    metrics: Metrics
    configuration_version: str = ""
    transaction_uuid: str = ""


class NodeFailed(Event, frozen=True, kw_only=True, tag="node_failed"):
    """Puppet ran and reported failures."""

    node: str
    attempt: int
    message: str
    metrics: Metrics
    configuration_version: str = ""
    transaction_uuid: str = ""


class NodeErrored(Event, frozen=True, kw_only=True, tag="node_errored"):
    """The run could not be made; ``message`` says why and what to do."""

    node: str
    attempt: int
    message: str


class NodeSkipped(Event, frozen=True, kw_only=True, tag="node_skipped"):
    """The node was not run. ``cause`` is the failed node at the root of it, or empty if the job stopped."""

    node: str
    message: str
    cause: str = ""


class JobStopping(Event, frozen=True, kw_only=True, tag="job_stopping"):
    """A stop was asked for; ``force`` if running runs are to be ended too."""

    force: bool
    by: str = ""


class RunnerLost(Event, frozen=True, kw_only=True, tag="runner_lost"):
    """The runner's lease ran out: nobody works on the job until it is resumed."""

    runner: str


class JobFinished(Event, frozen=True, kw_only=True, tag="job_finished"):
    """Always the last event."""

    state: JobState


AnyEvent = (
    JobStarted
    | NodeReady
    | NodeWaiting
    | NodeRunning
    | LogChunk
    | ResourceEvents
    | ValuesDelivered
    | NodeFinished
    | NodeFailed
    | NodeErrored
    | NodeSkipped
    | JobStopping
    | RunnerLost
    | JobFinished
)
