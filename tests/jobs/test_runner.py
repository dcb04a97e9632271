from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from appo_tui.jobs import JobError, JobProgress, JobState, Store, follow
from appo_tui.jobs.events import AnyEvent, JobFinished, NodeRunning, NodeSkipped, ResourceEvent, RunnerLost
from appo_tui.jobs.runner.job import carry_out, take
from appo_tui.jobs.runner.recorder import Recorder
from appo_tui.jobs.store import LeaseLostError, leases
from appo_tui.jobs.store.leases import Lease
from appo_tui.jobs.transport.fake import FakeRun, FakeTransport
from tests.jobs.requests import carried_out, new_store, request, states


def test_a_job_runs_producers_before_consumers_and_finishes(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    job = store.create(request())
    transport = FakeTransport()
    assert carried_out(store, job, transport) is JobState.FINISHED
    assert [each for each in transport.started if each != "other1"] == ["db1", "web1", "lb1"]
    assert set(states(store, job).values()) == {"finished"}


def test_the_events_are_numbered_without_gaps_and_end_with_the_jobs_end(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    job = store.create(request())
    carried_out(store, job, FakeTransport())
    events = store.events(job)
    assert [event.sequence for event in events] == list(range(1, len(events) + 1))
    assert isinstance(events[-1], JobFinished)


def test_a_failed_node_skips_its_dependents_with_the_cause_and_nothing_else(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    job = store.create(request())
    transport = FakeTransport({"db1": FakeRun(failed=True)})
    assert carried_out(store, job, transport) is JobState.FAILED
    assert states(store, job) == {"db1": "failed", "web1": "skipped", "lb1": "skipped", "other1": "finished"}
    skipped = [event for event in store.events(job) if isinstance(event, NodeSkipped)]
    assert {event.cause for event in skipped} == {"db1"}


def test_a_run_that_cannot_be_made_is_errored_and_skips_too(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    job = store.create(request())
    carried_out(store, job, FakeTransport({"web1": FakeRun(error="no route")}))
    found = states(store, job)
    assert found == {"db1": "finished", "web1": "errored", "lb1": "skipped", "other1": "finished"}
    assert store.progress(job).nodes["web1"].message == "no route"


def test_no_more_runs_than_the_limit_are_there_at_once(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    job = store.create(request(*((f"a/{n}", f"n{n}", "") for n in range(6)), concurrency=2))
    transport = FakeTransport(default=FakeRun(seconds=0.01))
    carried_out(store, job, transport)
    assert transport.most_at_once == 2


def test_a_stop_lets_runs_end_and_skips_the_rest(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    job = store.create(request())
    assert stopped(store, job, FakeRun(), times=1) is JobState.STOPPED
    found = states(store, job)
    assert found["db1"] == "finished"
    assert found["web1"] == found["lb1"] == "skipped"
    assert store.progress(job).nodes["lb1"].message == "job stopped"
    assert store.progress(job).stopped_by == "ada"


def test_a_second_stop_ends_what_runs(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    job = store.create(request())
    assert stopped(store, job, FakeRun(seconds=600), times=2) is JobState.STOPPED
    assert states(store, job)["db1"] == "errored"


def test_log_lines_are_stored_as_they_come_and_read_from_any_place(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    job = store.create(request(("a/db", "db1", "")))
    carried_out(store, job, FakeTransport(default=FakeRun(lines=[f"line {n}" for n in range(1, 40)])))
    found = [line.text for line in store.log(job, "db1", first=17, count=3)]
    assert found == ["line 17", "line 18", "line 19"]
    assert store.log_attempts(job, "db1") == {1: 39}
    assert store.progress(job).nodes["db1"].log_lines == 39


def test_resource_events_belong_to_their_attempt(tmp_path: Path) -> None:
    event = ResourceEvent(
        resource_type="File", resource_title="/x", property="ensure", old_value="absent",
        new_value="file", message="created", status="success",
    )  # fmt: skip
    store = new_store(tmp_path)
    job = store.create(request(("a/db", "db1", "")))
    carried_out(store, job, FakeTransport(default=FakeRun(resource_events=(event,))))
    assert store.progress(job).nodes["db1"].resource_events == (event,)


def test_a_job_that_is_worked_on_is_not_taken_twice(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    job = store.create(request())
    take(store, job)
    with pytest.raises(JobError, match="is running already"):
        take(store, job)


def test_a_runner_whose_lease_was_taken_over_writes_nothing_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = new_store(tmp_path)
    job = store.create(request())
    lease, recorder = take(store, job)
    monkeypatch.setattr(leases, "LEASE_SECONDS", -1.0)
    take(store, job)
    with pytest.raises(LeaseLostError):
        asyncio.run(carry_out(store, lease, recorder, FakeTransport()))
    assert store.events(job) == ()


def test_a_lost_job_is_resumed_where_its_events_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = new_store(tmp_path)
    job = store.create(request())
    _die_in_mid_run(store, job)
    monkeypatch.setattr(leases, "LEASE_SECONDS", -1.0)
    transport = FakeTransport(default=FakeRun(lines=("one", "two")))
    assert carried_out(store, job, transport) is JobState.FINISHED
    events = store.events(job)
    assert any(isinstance(event, RunnerLost) for event in events)
    attempts = [event.attempt for event in events if isinstance(event, NodeRunning) and event.node == "db1"]
    assert attempts == [1]
    assert [line.text for line in store.log(job, "db1")] == ["one", "two"]


def test_two_jobs_that_want_one_node_take_turns_and_say_so(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    first, second = (store.create(request(("a/db", "db1", ""))) for _ in range(2))

    async def both() -> None:
        early = take(store, first)
        late, _ = take(store, second)
        recorder = Telling(store, late)
        gate = asyncio.Event()
        transport = FakeTransport(gate=gate)
        running = asyncio.create_task(carry_out(store, *early, transport))
        await transport.begun.wait()
        waiting = asyncio.create_task(carry_out(store, late, recorder, transport))
        await recorder.has(lambda progress: progress.nodes["db1"].message != "")
        gate.set()
        await asyncio.gather(running, waiting)
        assert transport.most_at_once == 1

    asyncio.run(both())
    messages = [getattr(event, "message", "") for event in store.events(second)]
    assert f"waits for job {first}, which is running on db1" in messages


def test_a_line_that_cannot_be_written_errors_its_node_and_holds_nobody_up(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    job = store.create(request())
    transport = FakeTransport({"db1": FakeRun(lines=("half a character: \ud800",))})
    assert carried_out(store, job, transport) is JobState.FAILED
    assert states(store, job) == {"db1": "errored", "web1": "skipped", "lb1": "skipped", "other1": "finished"}
    message = store.progress(job).nodes["db1"].message
    assert message.startswith("appo-tui failed at this node (UnicodeEncodeError in ")
    assert "half" not in message


def test_a_runner_that_was_asleep_gives_nothing_of_its_successors_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = new_store(tmp_path)
    job, other = store.create(request()), store.create(request())
    asleep, _ = take(store, job)
    assert leases.claim(store, asleep, "db1") is None
    with monkeypatch.context() as patch:
        patch.setattr(leases, "LEASE_SECONDS", -1.0)
        take(store, job)
    with pytest.raises(LeaseLostError):
        leases.unclaim(store, asleep, "db1")
    leases.release(store, asleep)
    waiting, _ = take(store, other)
    assert leases.claim(store, waiting, "db1") == job


def test_a_run_that_was_begun_is_found_out_about_though_another_job_has_its_node(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = new_store(tmp_path)
    job = store.create(request(("a/db", "db1", "")))
    _die_in_mid_run(store, job)
    store.ask(job, "stop", "ada")
    real, held = leases.claim, iter((7, None))
    monkeypatch.setattr(leases, "claim", lambda *words: next(held, None) or real(*words))
    monkeypatch.setattr(leases, "LEASE_SECONDS", -1.0)
    assert carried_out(store, job, FakeTransport()) is JobState.STOPPED
    assert states(store, job) == {"db1": "finished"}


def test_following_gives_all_events_and_ends_with_the_job(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    job = store.create(request())
    carried_out(store, job, FakeTransport())
    seen = [event for batch in follow(store, job) for event in batch]
    assert tuple(seen) == store.events(job)
    assert JobProgress.of(store.job(job).request).with_events(seen).state is JobState.FINISHED


class Telling(Recorder):
    """A pen that tells when it has written."""

    def __init__(self, store: Store, lease: Lease) -> None:
        super().__init__(store, lease, store.progress(lease.job))
        self._news = asyncio.Event()

    async def record(self, *drafts: AnyEvent) -> None:
        await super().record(*drafts)
        self._news.set()

    async def has(self, condition: Callable[[JobProgress], bool]) -> None:
        """Wait until something is so."""
        while not condition(self.progress):
            await self._news.wait()
            self._news.clear()


def stopped(store: Store, job: int, run: FakeRun, times: int) -> JobState:
    """The state of a job that is asked to stop, so many times, while its first runs are going on."""

    async def whole() -> JobState:
        gate = asyncio.Event()
        transport = FakeTransport(default=run, gate=gate)
        lease, _ = take(store, job)
        recorder = Telling(store, lease)
        running = asyncio.create_task(carry_out(store, lease, recorder, transport))
        await transport.begun.wait()
        for _ in range(times):
            store.ask(job, "stop", "ada")
        await recorder.has(lambda progress: progress.stopping == ("stop", "force")[times - 1])
        gate.set()
        return await running

    return asyncio.run(whole())


def _die_in_mid_run(store: object, job: int) -> None:
    """A runner that goes away without a word, its node's run begun and one line of it stored."""

    async def part() -> None:
        lease, recorder = take(store, job)  # type: ignore[arg-type]
        transport = FakeTransport(default=FakeRun(seconds=60, lines=("one", "two")))
        task = asyncio.create_task(carry_out(store, lease, recorder, transport))  # type: ignore[arg-type]
        await transport.begun.wait()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(part())
