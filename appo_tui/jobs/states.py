"""The states of jobs and nodes, named as the Puppet orchestrator named them."""

from __future__ import annotations

from enum import StrEnum


class JobState(StrEnum):
    """new -> ready -> running -> finished | failed, or -> stopping -> stopped."""

    NEW = "new"
    READY = "ready"
    RUNNING = "running"
    STOPPING = "stopping"
    STOPPED = "stopped"
    FINISHED = "finished"
    FAILED = "failed"

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen."""
        return self in (JobState.STOPPED, JobState.FINISHED, JobState.FAILED)


class NodeState(StrEnum):
    """A node's part of a job.

    failed: Puppet ran and reported failures. errored: the run could not be made. skipped: not run, with
    a cause.
    """

    NEW = "new"
    READY = "ready"
    RUNNING = "running"
    FINISHED = "finished"
    FAILED = "failed"
    ERRORED = "errored"
    SKIPPED = "skipped"

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen."""
        return self in (NodeState.FINISHED, NodeState.FAILED, NodeState.ERRORED, NodeState.SKIPPED)
