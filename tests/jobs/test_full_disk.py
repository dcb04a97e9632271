"""The controller's disk is full in mid-job: nothing new starts, nothing is lost, and it goes on with room."""

from __future__ import annotations

import asyncio
import contextlib
import os
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from appo_tui.jobs import JobError, JobState, Store, follow
from appo_tui.jobs.runner.job import carry_out, take
from appo_tui.jobs.store import StoreError, leases
from appo_tui.jobs.transport.fake import FakeRun, FakeTransport
from tests.jobs.requests import new_store, request, states

LINES = tuple(f"{number} " + "x" * 20_000 for number in range(40))


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 16 megabytes."""
    if os.geteuid():
        pytest.skip("a disk of its own needs root")
    directory = tmp_path / "disk"
    directory.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(directory)], check=True)
    yield directory
    subprocess.run(["umount", "--lazy", str(directory)], check=True)


class Room:
    """The room on a disk, and how often the store could not be written for want of it."""

    def __init__(self, disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._filler = disk / "filler"
        self._failures = threading.Semaphore(0)
        real = leases.append

        def append(*arguments: object) -> None:
            try:
                real(*arguments)  # type: ignore[arg-type]
            except StoreError:
                self._failures.release()
                raise

        monkeypatch.setattr(leases, "append", append)
        monkeypatch.setattr("appo_tui.jobs.runner.recorder._RETRY_SECONDS", (0.01,))

    def take_all(self) -> None:
        with self._filler.open("wb", buffering=0) as file:
            for size in (65536, 4096, 1):
                with contextlib.suppress(OSError):
                    while True:
                        file.write(b"x" * size)

    def give_back(self) -> None:
        self._filler.unlink()

    async def missed(self) -> None:
        """Wait until a write has failed three times."""
        for _ in range(3):
            assert await asyncio.to_thread(self._failures.acquire, timeout=120)


def test_a_job_waits_for_room_and_loses_nothing(disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    room = Room(disk, monkeypatch)
    store = new_store(disk)
    job = store.create(request())

    async def whole() -> JobState:
        gate = asyncio.Event()
        transport = FakeTransport({"db1": FakeRun(lines=LINES)}, gate=gate)
        running = asyncio.create_task(carry_out(store, *take(store, job), transport))
        await transport.begun.wait()
        await asyncio.to_thread(room.take_all)
        gate.set()
        await room.missed()
        assert "web1" not in transport.started
        room.give_back()
        return await running

    assert asyncio.run(whole()) is JobState.FINISHED
    assert set(states(store, job).values()) == {"finished"}
    assert tuple(line.text for line in store.log(job, "db1")) == LINES
    events = store.events(job)
    assert [event.sequence for event in events] == list(range(1, len(events) + 1))


def test_who_watches_is_told_of_the_full_disk_and_resume_finishes_the_job(
    disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = Room(disk, monkeypatch)
    store = new_store(disk)
    job = store.create(request())

    async def died() -> None:
        gate = asyncio.Event()
        transport = FakeTransport({"db1": FakeRun(lines=LINES)}, gate=gate)
        running = asyncio.create_task(carry_out(store, *take(store, job), transport))
        await transport.begun.wait()
        await asyncio.to_thread(room.take_all)
        gate.set()
        await room.missed()
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

    asyncio.run(died())
    for module in ("leases", "reading"):
        monkeypatch.setattr(f"appo_tui.jobs.store.{module}.LEASE_SECONDS", -1.0)
    with pytest.raises(JobError, match=f"The disk of {disk / 'state'} is full: job {job}"):
        list(follow(store, job))
    room.give_back()
    again = FakeTransport({"db1": FakeRun(lines=LINES)})
    assert asyncio.run(_carried(store, job, again)) is JobState.FINISHED
    assert tuple(line.text for line in store.log(job, "db1")) == LINES


async def _carried(store: Store, job: int, transport: FakeTransport) -> JobState:
    return await carry_out(store, *take(store, job), transport)

