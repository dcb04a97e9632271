"""Jobs of a long history, a part at a time, and of those only what is wanted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from appo_tui.jobs.store.summary import JobSummary

PAGE = 200
"""Jobs that are read at once, at first."""

_LARGEST_PAGE = 2_000
"""Jobs that are read at once when a search goes on: where they begin is not found for nothing."""

Read = Callable[[int, int], Sequence[JobSummary]]
"""Reads from the store: how many jobs are left out, and how many are read."""


@dataclass(frozen=True, slots=True)
class FoundJobs:
    """Some jobs in the store's order.

    Attributes:
        jobs: those that are wanted.
        first: how many jobs of the store stand before those that were looked at.
        end: how many stand before the next one to look at.
        whole: whether there is none after them.
    """

    jobs: tuple[JobSummary, ...]
    first: int
    end: int
    whole: bool


def find_jobs(
    read: Read,
    wanted: Callable[[JobSummary], bool] | None,
    *,
    first: int,
    least: int,
    of_interest: Callable[[], bool],
) -> FoundJobs:
    """Look at jobs, page by page, until enough are found, or there is none left, or nobody wants to know.

    Args:
        read: the store.
        wanted: tells which jobs are; None if all are.
        first: jobs to leave out.
        least: how many are enough; 0 looks at one page.
        of_interest: asked after each page.
    """
    found: list[JobSummary] = []
    end, size = first, PAGE
    while True:
        page = read(end, size)
        end += len(page)
        found += page if wanted is None else filter(wanted, page)
        whole = len(page) < size
        size = min(2 * size, _LARGEST_PAGE)
        if whole or len(found) >= least or not of_interest():
            return FoundJobs(tuple(found), first, end, whole)
