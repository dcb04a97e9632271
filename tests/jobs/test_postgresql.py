"""A store that a team shares, on PostgreSQL: two runners and two viewers at once."""

from __future__ import annotations

import asyncio
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from appo_tui.jobs import JobProgress, JobState, follow
from appo_tui.jobs.runner.job import carry_out, take
from appo_tui.jobs.store import Store, leases, open_store
from appo_tui.jobs.transport.fake import FakeRun, FakeTransport
from tests.jobs.requests import request

PROGRAMS = "/usr/lib/postgresql"
USER = "postgres"


def _programs() -> Path:
    pytest.importorskip("psycopg", reason="the driver is missing: pip install 'appo-tui[postgresql]'")
    found = sorted(Path(PROGRAMS).glob("*/bin/initdb"))
    if not found:
        pytest.skip("there is no PostgreSQL here (package postgresql)")
    if os.geteuid():
        pytest.skip("starting PostgreSQL as its own user needs root")
    return found[-1].parent


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """A server of its own, without anything in it, that only its own directory leads to."""
    programs = _programs()
    user = pwd.getpwnam(USER)
    directory = Path(tempfile.mkdtemp(prefix="appo-postgresql-"))
    os.chown(directory, user.pw_uid, user.pw_gid)

    def run(program: str, *words: str) -> None:
        subprocess.run(
            [programs / program, *words], user=user.pw_uid, group=user.pw_gid, extra_groups=[],
            cwd=directory, check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip

    data = str(directory / "data")
    run("initdb", "--pgdata", data, "--auth=trust", "--encoding=UTF8", "--no-sync")
    options = f"-c listen_addresses= -k {directory} -c fsync=off"
    run("pg_ctl", "--pgdata", data, "--wait", "--log", str(directory / "log"), "--options", options, "start")
    yield f"postgresql+psycopg://{USER}@/postgres?host={directory}"
    run("pg_ctl", "--pgdata", data, "--wait", "--mode=fast", "stop")
    shutil.rmtree(directory)


@pytest.fixture
def stores(url: str) -> Iterator[tuple[Store, Store]]:
    """Two users of the store, each with connections of their own."""
    made = (open_store(url), open_store(url))
    yield made
    for store in made:
        store.close()


def _watched(store: Store, job: int) -> JobProgress:
    progress = store.progress(job)
    for batch in follow(store, job, after=progress.last_sequence, interval=0.02):
        progress = progress.with_events(batch)
    return progress


def _carried(store: Store, job: int) -> JobState:
    lease, recorder = take(store, job)
    transport = FakeTransport(default=FakeRun(seconds=0.02))
    return asyncio.run(carry_out(store, lease, recorder, transport))


async def test_two_runners_and_two_viewers_share_a_store(stores: tuple[Store, Store]) -> None:
    mine, yours = stores
    jobs = [mine.create(request()), yours.create(request())]
    found = await asyncio.gather(
        asyncio.to_thread(_carried, mine, jobs[0]),
        asyncio.to_thread(_carried, yours, jobs[1]),
        asyncio.to_thread(_watched, yours, jobs[0]),
        asyncio.to_thread(_watched, mine, jobs[1]),
    )
    assert [*found[:2]] == [JobState.FINISHED, JobState.FINISHED]
    assert [progress.state for progress in found[2:]] == [JobState.FINISHED, JobState.FINISHED]
    for job in jobs:
        events = yours.events(job)
        assert [event.sequence for event in events] == list(range(1, len(events) + 1))


def test_one_job_has_one_runner(stores: tuple[Store, Store]) -> None:
    mine, yours = stores
    job = mine.create(request())
    assert leases.acquire(mine, job, "mine") is not None
    assert leases.acquire(yours, job, "yours") is None


def test_a_node_belongs_to_one_job_at_a_time(stores: tuple[Store, Store]) -> None:
    mine, yours = stores
    first, second = mine.create(request()), yours.create(request())
    ours, theirs = leases.acquire(mine, first, "mine"), leases.acquire(yours, second, "yours")
    assert ours is not None
    assert theirs is not None
    assert leases.claim(mine, ours, "node1") is None
    assert leases.claim(yours, theirs, "node1") == first
    leases.unclaim(mine, ours, "node1")
    assert leases.claim(yours, theirs, "node1") is None


def test_the_history_is_listed_and_pruned(stores: tuple[Store, Store]) -> None:
    mine, yours = stores
    job = mine.create(request())
    _carried(mine, job)
    assert job in [summary.id for summary in yours.jobs()]
    assert yours.forget(yours.ended(days=0)) >= 1
    assert job not in [summary.id for summary in mine.jobs()]
