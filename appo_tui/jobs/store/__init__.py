"""Where jobs are kept: one writer a job, any number of readers."""

from appo_tui.jobs.store.errors import LeaseLostError, StoreError, UnknownJobError
from appo_tui.jobs.store.store import Store, open_store
from appo_tui.jobs.store.summary import JobSummary, StoredJob

__all__ = [
    "JobSummary",
    "LeaseLostError",
    "Store",
    "StoreError",
    "StoredJob",
    "UnknownJobError",
    "open_store",
]
