"""What can go wrong with the store, in a user's words."""

from __future__ import annotations


class StoreError(Exception):
    """The store can't be opened, read or written; ``hint`` says what to do about it."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\n{self.hint}" if self.hint else self.message


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
