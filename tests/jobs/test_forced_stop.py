"""A stop that comes at the wrong moment: before a run, or while it is being begun."""

from __future__ import annotations

import asyncio
import hashlib
import threading
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from appo_tui.jobs import JobState, Store
from appo_tui.jobs.events import JobStarted, JobStopping, NodeRunning
from appo_tui.jobs.runner.job import take
from appo_tui.jobs.store import leases
from appo_tui.jobs.transport.fake import FakeRun, FakeTransport
from appo_tui.jobs.transport.nodes import NodeTransport, Patience
from appo_tui.jobs.transport.prepared import Bundle, NodeHello, PreparedRun
from appo_tui.jobs.transport.protocol import Errored, NodeRun, Outcome
from appo_tui.jobs.transport.shell import Completed, Shell
from tests.jobs.nodes import Homes, HomeShell, Script, Told, new_home, transport
from tests.jobs.requests import carried_out, new_store, request, states

NOT_STARTED = Errored("A forced stop came before Puppet was started.")
ENDED = Errored("Puppet was ended by a forced stop.")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A node with a stub for Puppet."""
    return new_home(tmp_path)


class SlowNode(Homes):
    """A node on which something happens before each command."""

    def __init__(self, home: Path, before: Callable[[str], Awaitable[None]]) -> None:
        super().__init__(home)
        self.before = before

    async def open(self, certname: str) -> Shell:
        await self.before("open")
        return _SlowShell(self.home, self.before)


class _SlowShell(HomeShell):
    def __init__(self, home: Path, before: Callable[[str], Awaitable[None]]) -> None:
        super().__init__(home)
        self._before = before

    async def run(self, command: str, data: bytes = b"") -> Completed:
        await self._before(command)
        return await super().run(command, data)


def ended_while(nodes: NodeTransport, reached: asyncio.Event | None = None) -> Outcome:
    """The outcome of a run whose node is told to end, at once or when ``reached`` says so."""

    async def whole() -> Outcome:
        told = Told()
        if reached is None:
            await nodes.end("web1.test")
        running = asyncio.create_task(nodes.run(NodeRun("k0", "web1.test", 1), told.log, told.waiting))
        if reached is not None:
            await reached.wait()
            await nodes.end("web1.test")
        return await asyncio.wait_for(running, 120)

    return asyncio.run(whole())


@pytest.mark.parametrize("asked", [1, 2], ids=["stop", "forced"])
def test_a_stop_that_comes_before_a_nodes_run_has_begun_skips_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: int
) -> None:
    store = new_store(tmp_path)
    job = store.create(request())
    real = leases.claim

    def claim(*arguments: object) -> int | None:
        for _ in range(asked):
            store.ask(job, "stop", "ada")
        _wait_for(lambda: bool(store.progress(job).stopping))
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(leases, "claim", claim)
    fake = FakeTransport()
    assert carried_out(store, job, fake) is JobState.STOPPED
    assert set(states(store, job).values()) == {"skipped"}
    assert fake.started == []
    assert store.progress(job).nodes["db1"].message == "job stopped"


def test_a_forced_stop_whose_runner_died_is_carried_out_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = new_store(tmp_path)
    job = store.create(request())
    _die_stopping(store, job)
    monkeypatch.setattr(leases, "LEASE_SECONDS", -1.0)
    assert carried_out(store, job, FakeTransport({"db1": FakeRun(seconds=600)})) is JobState.STOPPED
    assert states(store, job)["db1"] == "errored"


def test_a_run_that_is_to_end_before_it_came_is_never_begun(home: Path) -> None:
    homes = Homes(home)
    nodes = NodeTransport(homes, Script("say never"), patience=Patience(1.0, 5.0))
    assert ended_while(nodes) == NOT_STARTED
    assert homes.opened == 0


@pytest.mark.parametrize("moment", ["open", "hello", "missing"])
def test_a_run_that_is_being_prepared_is_given_up(home: Path, moment: str) -> None:
    reached = asyncio.Event()

    async def before(command: str) -> None:
        if moment in command:
            reached.set()
            await asyncio.Event().wait()

    script = Script("say never", bundle=Bundle({"a": b""}, {"a": hashlib.sha256(b"").hexdigest()}))
    nodes = NodeTransport(SlowNode(home, before), script, patience=Patience(1.0, 5.0))
    assert ended_while(nodes, reached) == NOT_STARTED
    assert not list(home.glob(".appo-tui/runs/*"))


def test_a_run_whose_manifest_is_being_rendered_is_given_up(home: Path) -> None:
    reached, gate = asyncio.Event(), threading.Event()

    class Rendering(Script):
        loop: asyncio.AbstractEventLoop

        def prepare(self, certname: str, hello: NodeHello) -> PreparedRun:
            self.loop.call_soon_threadsafe(reached.set)
            gate.wait(120)
            return super().prepare(certname, hello)

    async def whole() -> Outcome:
        script = Rendering("say never")
        script.loop = asyncio.get_running_loop()
        nodes, told = transport(home, script), Told()
        running = asyncio.create_task(nodes.run(NodeRun("k0", "web1.test", 1), told.log, told.waiting))
        await reached.wait()
        await nodes.end("web1.test")
        outcome = await running
        gate.set()
        return outcome

    assert asyncio.run(whole()) == NOT_STARTED
    assert not list(home.glob(".appo-tui/runs/*"))


def test_a_stop_that_overtakes_the_beginning_keeps_puppet_from_starting(home: Path) -> None:
    overtaken = False

    async def before(command: str) -> None:
        nonlocal overtaken
        if " begin " in command and not overtaken:
            overtaken = True
            await nodes.end("web1.test")

    nodes = NodeTransport(SlowNode(home, before), Script("say never"), patience=Patience(1.0, 5.0))
    told = Told()
    assert asyncio.run(nodes.run(NodeRun("k0", "web1.test", 1), told.log, told.waiting)) == ENDED
    assert overtaken
    assert not list(home.glob(".appo-tui/runs/*/spool"))


def _die_stopping(store: Store, job: int) -> None:
    async def whole() -> None:
        lease, recorder = take(store, job)
        await recorder.record(JobStarted(runner=lease.runner, digest="d"))
        await recorder.record(NodeRunning(node="db1", attempt=1, command="puppet", noop=False))
        await recorder.record(JobStopping(force=False, by="ada"), JobStopping(force=True, by="ada"))

    store.ask(job, "stop", "ada")
    store.ask(job, "force", "ada")
    asyncio.run(whole())


def _wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 120
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)
