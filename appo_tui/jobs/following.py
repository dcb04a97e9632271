"""A job's events as they come."""

from __future__ import annotations

import time
from collections.abc import Iterator

from appo_tui.jobs.errors import RunnerGoneError, StoreFullError
from appo_tui.jobs.events import AnyEvent, JobFinished
from appo_tui.jobs.store.opening import full_disk
from appo_tui.jobs.store.store import Store

_BATCH = 5000
_START_SECONDS = 20.0


def follow(
    store: Store,
    job: int,
    after: int = 0,
    logs: bool = True,  # noqa: FBT001, FBT002 - the name reads as a word at every call
    interval: float = 0.1,
) -> Iterator[tuple[AnyEvent, ...]]:
    """A job's events with a sequence number above ``after``, in batches, until the job has ended.

    Every ``interval`` seconds there is a batch, empty where nothing happened, so that the caller can do
    something else in between; only a full batch is followed by the next at once. Closing the iterator
    ends the watching, not the job.

    Raises:
        RunnerGoneError: the job has not ended, and nobody works on it.
        StoreFullError: nobody can work on it, for there is no room to write what happens.
        StoreError: the store can't be read.
    """
    began = time.monotonic()
    while True:
        batch = store.events(job, after, logs, _BATCH)
        if batch:
            after = batch[-1].sequence
        yield batch
        if batch and isinstance(batch[-1], JobFinished):
            return
        if not batch:
            summary = store.job(job).summary
            if summary.state.ended and not store.events(job, after, logs, 1):
                return
            waited = time.monotonic() - began
            never_begun = summary.started is None and not summary.runner_alive and waited > _START_SECONDS
            if not summary.state.ended and (summary.lost or never_begun):
                if full := full_disk(store.url):
                    raise StoreFullError(job, full)
                raise RunnerGoneError(job)
        if len(batch) < _BATCH:
            time.sleep(interval)
