"""Jobs: a plan carried out on nodes, as a list of events.

Light to import: each part is imported on first use, and what is heavy (SQLAlchemy, asyncssh) by the first
call that needs it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from appo_tui.late_exports import late_exports

if TYPE_CHECKING:
    from appo_tui.jobs.access.credentials import Credentials
    from appo_tui.jobs.errors import JobError, RunnerGoneError
    from appo_tui.jobs.following import follow
    from appo_tui.jobs.launching import launch, resume, retry
    from appo_tui.jobs.progress import Attempt, JobProgress, NodeProgress
    from appo_tui.jobs.request import JobOptions, JobRequest
    from appo_tui.jobs.states import JobState, NodeState
    from appo_tui.jobs.store import JobSummary, Store, StoredJob, StoreError, UnknownJobError, open_store

__all__ = [
    "Attempt",
    "Credentials",
    "JobError",
    "JobOptions",
    "JobProgress",
    "JobRequest",
    "JobState",
    "JobSummary",
    "NodeProgress",
    "NodeState",
    "RunnerGoneError",
    "Store",
    "StoreError",
    "StoredJob",
    "UnknownJobError",
    "follow",
    "launch",
    "open_store",
    "resume",
    "retry",
]

__getattr__ = late_exports(
    __name__,
    {
        "Attempt": "progress",
        "Credentials": "access.credentials",
        "JobError": "errors",
        "JobOptions": "request",
        "JobProgress": "progress",
        "JobRequest": "request",
        "JobState": "states",
        "JobSummary": "store",
        "NodeProgress": "progress",
        "NodeState": "states",
        "RunnerGoneError": "errors",
        "Store": "store",
        "StoreError": "store",
        "StoredJob": "store",
        "UnknownJobError": "store",
        "follow": "following",
        "launch": "launching",
        "open_store": "store",
        "resume": "launching",
        "retry": "launching",
    },
)
