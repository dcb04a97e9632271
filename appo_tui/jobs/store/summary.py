"""A job in a list: what its row tells without reading its events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from appo_tui.jobs.request import JobRequest
from appo_tui.jobs.states import JobState, NodeState


@dataclass(frozen=True, slots=True)
class JobSummary:
    """A job's row.

    Attributes:
        id: the number that users know it by.
        target: as the user named it.
        node_states: how many nodes are in which state; states without nodes are left out.
        created, started, finished, changed: seconds since the epoch, UTC; ``changed`` is the last change
            of the job's state, None where it has not come to it.
        runner_alive: somebody works on it. A job that has not ended and has no runner waits to be resumed.
    """

    id: int
    state: JobState
    environment: str
    target: str
    owner: str
    host: str
    description: str
    mode: str
    noop: bool
    enforce_environment: bool
    simulated: bool
    retry_of: int | None
    node_count: int
    node_states: Mapping[NodeState, int]
    created: float
    started: float | None
    finished: float | None
    changed: float
    runner_alive: bool

    @property
    def lost(self) -> bool:
        """Whether the job was started, has not ended, and nobody works on it any more."""
        return self.started is not None and not self.state.ended and not self.runner_alive

    @property
    def duration(self) -> float | None:
        """Seconds from start to end, None before it has ended."""
        if self.started is None or self.finished is None:
            return None
        return self.finished - self.started


@dataclass(frozen=True, slots=True)
class StoredJob:
    """A job as the store has it: its row and what it was asked to be."""

    summary: JobSummary
    request: JobRequest
