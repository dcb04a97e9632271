"""Jobs in files: taken out of the history with their logs, and put into it."""

from __future__ import annotations

import contextlib
from pathlib import Path

import msgspec

from appo_tui.jobs.errors import JobError
from appo_tui.jobs.events import AnyEvent
from appo_tui.jobs.progress import JobProgress
from appo_tui.jobs.request import JobRequest
from appo_tui.jobs.store import leases
from appo_tui.jobs.store.errors import StoreError
from appo_tui.jobs.store.store import Store

_FORMAT = "appo-job-1"
_BATCH = 5000


def export_job(store: Store, job: int, file: Path) -> None:
    """Writes a job to a file, its log included.

    Raises:
        StoreError: the job can't be read.
        OSError: the file can't be written.
    """
    document = {
        "format": _FORMAT,
        "id": job,
        "request": store.job(job).request,
        "events": store.events(job),
    }
    file.write_bytes(msgspec.json.encode(document) + b"\n")


def import_job(store: Store, file: Path) -> int:
    """Puts a job of a file into the history, as its runner would have; returns its number there.

    Raises:
        JobError: the file holds no exported job.
        OSError: the file can't be read.
        StoreError: the store can't be written.
    """
    request, events = _read(file)
    job = store.create(request)
    try:
        _fill(store, job, request, events)
    except StoreError:
        with contextlib.suppress(StoreError):
            store.forget([job])
        raise
    return job


def _fill(store: Store, job: int, request: JobRequest, events: tuple[AnyEvent, ...]) -> None:
    lease = leases.acquire(store, job, "import")
    assert lease is not None
    progress = JobProgress.of(request)
    for first in range(0, len(events), _BATCH):
        batch = events[first : first + _BATCH]
        progress = progress.with_events(batch)
        leases.append(store, lease, batch, progress)
    leases.release(store, lease)


def _read(file: Path) -> tuple[JobRequest, tuple[AnyEvent, ...]]:
    try:
        parts = msgspec.json.decode(file.read_bytes(), type=dict[str, msgspec.Raw])
        if msgspec.json.decode(parts["format"]) != _FORMAT:
            raise JobError(f"{file} is no job that this version of appo knows.")
        request = msgspec.json.decode(parts["request"], type=JobRequest)
        events = msgspec.json.decode(parts["events"], type=tuple[AnyEvent, ...])
    except KeyError as error:
        raise JobError(f"{file} is no exported job: it has no {error}.") from error
    except msgspec.DecodeError as error:
        raise JobError(f"{file} is no exported job: {error}.") from error
    if [event.sequence for event in events] != list(range(1, len(events) + 1)):
        raise JobError(f"{file} is no exported job: its events are not numbered from 1.")
    return msgspec.structs.replace(request, key="", imported=True), events
