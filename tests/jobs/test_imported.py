"""What comes in a file is another's: nothing on nodes and nothing of later jobs hangs on it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from appo_tui.jobs import JobError, launching
from appo_tui.jobs.archive import export_job, import_job
from appo_tui.jobs.events import JobStarted, NodeRunning, ValuesDelivered
from appo_tui.jobs.progress import JobProgress
from appo_tui.jobs.pruning import prune
from appo_tui.jobs.store import Store, leases
from appo_tui.jobs.transport.fake import FakeTransport
from tests.jobs.requests import carried_out, new_store, request


def exported(store: Store, job: int, directory: Path) -> Path:
    export_job(store, job, directory / "job.json")
    return directory / "job.json"


def changed(file: Path, **request: Any) -> Path:
    """The file with other values in its request."""
    document = json.loads(file.read_text())
    document["request"] |= request
    file.write_text(json.dumps(document))
    return file


def running(store: Store) -> int:
    """A job that has delivered values and is not at its end."""
    job = store.create(request(("a/db", "db1", "")))
    lease = leases.acquire(store, job, "r")
    assert lease is not None
    events = (
        JobStarted(sequence=1, time=1.0, runner="r", digest="d"),
        NodeRunning(sequence=2, time=2.0, node="db1", attempt=1, command="puppet"),
        ValuesDelivered(sequence=3, time=3.0, node="db1", attempt=1, values={"Sql[a]": {"port": 1}}),
    )
    leases.append(store, lease, events, JobProgress.of(request(("a/db", "db1", ""))).with_events(events))
    return job


def test_pruning_an_imported_job_connects_to_none_of_its_nodes(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    job = store.create(request())
    carried_out(store, job, FakeTransport())
    file = changed(exported(store, job, tmp_path), key="../../../var/lib/mysql")
    store.forget([job])
    imported = import_job(store, file)
    assert "/" not in store.job(imported).request.key
    pruned = prune(store, 0)
    assert (pruned.jobs, pruned.nodes, pruned.not_reached) == (1, (), ())


def test_what_an_imported_job_delivered_is_no_later_jobs_value(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    job = running(store)
    import_job(store, exported(store, job, tmp_path))
    assert store.last_deliveries("production", {"Sql[a]"})["Sql[a]"].job == job


def test_an_imported_job_that_was_running_is_not_gone_on_with(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    imported = import_job(store, exported(store, running(store), tmp_path))
    with pytest.raises(JobError, match="was imported while it was running"):
        launching.resume(store.url, imported)


@pytest.mark.parametrize("numbers", [[1, 1], [2, 3], [1, 3]])
def test_events_that_no_runner_wrote_are_refused_whole(tmp_path: Path, numbers: list[int]) -> None:
    store = new_store(tmp_path)
    job = store.create(request())
    carried_out(store, job, FakeTransport())
    file = exported(store, job, tmp_path)
    document = json.loads(file.read_text())
    events = zip(document["events"], numbers, strict=False)
    document["events"] = [event | {"sequence": number} for event, number in events]
    file.write_text(json.dumps(document))
    with pytest.raises(JobError, match="not numbered from 1"):
        import_job(store, file)
    assert [each.id for each in store.jobs()] == [job]
