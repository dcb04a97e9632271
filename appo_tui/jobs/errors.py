"""Why a job can't be started, resumed or retried."""

from __future__ import annotations

from appo_tui.environment.faults import AppoError


class JobError(AppoError):
    """What was asked of a job can't be done."""


class RunnerGoneError(JobError):
    """Nobody works on a job that has not ended."""

    def __init__(self, job: int) -> None:
        super().__init__(f"The runner of job {job} is gone.", f"Go on with it: appo job resume {job}")
        self.job = job


class StoreFullError(JobError):
    """A job can't go on: the disk that its store lies on is full."""

    def __init__(self, job: int, directory: str) -> None:
        super().__init__(
            f"The disk of {directory} is full: job {job} starts nothing more, and what runs on nodes goes on "
            "there.",
            f"Make room, then watch it go on: appo job attach {job} (or, where its runner is gone too: "
            f"appo job resume {job})",
        )
        self.job = job
