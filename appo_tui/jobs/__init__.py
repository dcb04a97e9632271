"""Jobs: a plan carried out on nodes, as a list of events.

Light to import: what is heavy (SQLAlchemy, asyncssh) is imported by the first call that needs it.
"""

from appo_tui.jobs.credentials import Credentials
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
