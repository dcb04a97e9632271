"""What can go wrong with the store, in a user's words."""

from __future__ import annotations

from appo_tui.environment.faults import AppoError


class StoreError(AppoError):
    """The store can't be opened, read or written."""


class UnknownJobError(StoreError):
    """There is no job of this number."""

    def __init__(self, job: int) -> None:
        super().__init__(f"There is no job {job}.", "`appo job list` shows the jobs that are kept.")
        self.job = job


class LeaseLostError(StoreError):
    """Another runner has taken the job over: this one must not write another event."""

    def __init__(self, job: int) -> None:
        super().__init__(f"Job {job} has been taken over by another runner.")
        self.job = job
