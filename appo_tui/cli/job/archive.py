"""`appo job export`, `import` and `prune`: jobs taken out of the history, put into it, forgotten."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from appo_tui.cli.arguments import Commands, Parser
from appo_tui.cli.call import Call
from appo_tui.cli.faults import CommandError
from appo_tui.cli.job.options import job_number, positive

if TYPE_CHECKING:
    from appo_tui.jobs import JobRequest, Store
    from appo_tui.jobs.events import AnyEvent

_FORMAT = "appo-job-1"
_BATCH = 5000


def declare(commands: Commands, parents: Parser) -> None:
    """Declares the commands."""
    export = commands.add_parser("export", parents=[parents], help="write a job to a file, its log included")
    export.add_argument("ID", type=job_number)
    export.add_argument("FILE", type=Path)
    export.set_defaults(run=_export)
    imported = commands.add_parser("import", parents=[parents], help="put a job of a file into the history")
    imported.add_argument("FILE", type=Path)
    imported.set_defaults(run=_import)
    prune = commands.add_parser("prune", parents=[parents], help="forget jobs that ended long ago")
    prune.add_argument("--days", metavar="N", type=positive, help="longer ago than this (retention_days)")
    prune.set_defaults(run=_prune)


def _export(call: Call) -> int:
    import msgspec

    job = call.options.ID
    with call.store() as store:
        stored = store.job(job)
        events = store.events(job)
    document = {"format": _FORMAT, "id": job, "request": stored.request, "events": events}
    try:
        call.options.FILE.write_bytes(msgspec.json.encode(document) + b"\n")
    except OSError as error:
        raise CommandError(f"{call.options.FILE} can't be written: {error.strerror}") from error
    _tell(call, job, f"Job {job} is in {call.options.FILE}.")
    return 0


def _import(call: Call) -> int:
    call.refuse_if_read_only("an import")
    request, events = _read(call.options.FILE)
    with call.store() as store:
        job = _put(store, request, events)
    _tell(call, job, f"New job id created: {job}")
    return 0


def _tell(call: Call, job: int, text: str) -> None:
    if call.output.as_json:
        call.output.json({"job": {"id": str(job), "name": str(job)}})
    else:
        call.output.line(call.output.text(text))


def _read(file: Path) -> tuple[JobRequest, tuple[AnyEvent, ...]]:
    import msgspec

    from appo_tui.jobs import events as ev
    from appo_tui.jobs import request as asked

    try:
        parts = msgspec.json.decode(file.read_bytes(), type=dict[str, msgspec.Raw])
        if msgspec.json.decode(parts["format"]) != _FORMAT:
            raise CommandError(f"{file} is no job that this version of appo knows")
        request = msgspec.json.decode(parts["request"], type=asked.JobRequest)
        events = msgspec.json.decode(parts["events"], type=tuple[ev.AnyEvent, ...])
    except KeyError as error:
        raise CommandError(f"{file} is no exported job: it has no {error}") from error
    except OSError as error:
        raise CommandError(f"{file} can't be read: {error.strerror}") from error
    except msgspec.DecodeError as error:
        raise CommandError(f"{file} is no exported job: {error}") from error
    return request, events


def _put(store: Store, request: JobRequest, events: tuple[AnyEvent, ...]) -> int:
    """Writes a job as its runner would have, so that every view of it is the same."""
    from appo_tui.jobs import JobProgress
    from appo_tui.jobs.store import leases

    job = store.create(request)
    lease = leases.acquire(store, job, "import")
    assert lease is not None
    progress = JobProgress.of(request)
    for first in range(0, len(events), _BATCH):
        batch = events[first : first + _BATCH]
        progress = progress.with_events(batch)
        leases.append(store, lease, batch, progress)
    leases.release(store, lease)
    return job


def _prune(call: Call) -> int:
    call.refuse_if_read_only("pruning")
    days = call.options.days or call.settings.retention_days
    with call.store() as store:
        forgotten = store.prune(days)
    if call.output.as_json:
        call.output.json({"pruned": forgotten, "days": days})
    else:
        jobs = "1 job" if forgotten == 1 else f"{forgotten} jobs"
        call.output.line(f"{jobs} that ended more than {days} days ago are forgotten.")
    return 0
