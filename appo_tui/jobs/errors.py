"""Why a job can't be started, resumed or retried."""

from __future__ import annotations


class JobError(Exception):
    """What was asked of a job can't be done; ``hint`` says what to do instead."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\n{self.hint}" if self.hint else self.message


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
