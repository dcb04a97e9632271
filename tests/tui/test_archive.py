"""Jobs in files: exported from the history, and put into it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from appo_tui.jobs import JobError, open_store
from appo_tui.jobs.archive import export_job, import_job
from appo_tui.jobs.store import leases
from tests.tui.acting import ActingWorkspace
from tests.tui.driving import driven


async def test_a_job_is_exported_under_the_name_given(workspace: ActingWorkspace) -> None:
    async with driven(workspace) as it:
        await it.press("4")
        await it.sees("2 jobs")
        await it.press("x")
        await it.sees("Export job 2")
        await it.press("enter")
        await it.sees("Saved: /tmp/job-2.json")
    assert workspace.exported == ["job-2.json"]


async def test_an_imported_job_is_in_the_history(workspace: ActingWorkspace) -> None:
    async with driven(workspace) as it:
        await it.press("4")
        await it.sees("2 jobs")
        await it.press("I", *"job-1", "full_stop", *"json", "enter")
        await it.sees("3 jobs")


async def test_what_is_no_job_is_said_to_be_none(workspace: ActingWorkspace) -> None:
    async with driven(workspace) as it:
        await it.press("4")
        await it.sees("2 jobs")
        await it.press("I", *"other", "enter")
        await it.sees("other is no exported job.")


def test_a_job_goes_through_a_file_unchanged(tmp_path: Path, workspace: ActingWorkspace) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'jobs.db'}")
    first = store.create(workspace.requests[1])
    lease = leases.acquire(store, first, "test")
    assert lease is not None
    leases.append(store, lease, workspace.histories[1], workspace.progress(1))
    leases.release(store, lease)
    export_job(store, first, tmp_path / "job.json")
    second = import_job(store, tmp_path / "job.json")
    assert second != first
    assert store.events(second) == store.events(first)
    (tmp_path / "other.json").write_text("{}")
    with pytest.raises(JobError, match="no exported job"):
        import_job(store, tmp_path / "other.json")
    store.close()


async def test_read_only_exports_to_a_file_and_imports_nothing(workspace: ActingWorkspace) -> None:
    workspace.session = replace(workspace.session, read_only=True)
    async with driven(workspace) as it:
        await it.press("4")
        await it.sees("whole environment")
        await it.press("I")
        await it.sees("import is refused")
        await it.press("x")
        await it.sees("Export job 2")
        await it.press("enter")
        await it.sees("Saved:")
    assert workspace.exported == ["job-2.json"]
