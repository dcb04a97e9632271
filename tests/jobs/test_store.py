from __future__ import annotations

import stat
import time
from pathlib import Path

import pytest
from sqlalchemy import event

from appo_tui.jobs import JobState, Store, StoreError, UnknownJobError, open_store
from appo_tui.jobs.events import (
    AnyEvent,
    JobFinished,
    JobStarted,
    LogChunk,
    LogLine,
    NodeRunning,
    ValuesDelivered,
)
from appo_tui.jobs.progress import JobProgress
from appo_tui.jobs.store import leases
from appo_tui.jobs.transport.fake import FakeTransport
from tests.jobs.requests import carried_out, new_store, request


def test_the_file_is_its_owners_alone(tmp_path: Path) -> None:
    new_store(tmp_path).create(request())
    directory = tmp_path / "state"
    assert stat.S_IMODE(directory.stat().st_mode) == 0o700
    for file in directory.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_request_comes_back_as_it_was_but_for_its_key(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    asked = request(noop=True, description="why")
    stored = store.job(store.create(asked)).request
    assert stored.plan == asked.plan
    assert stored.options == asked.options
    assert stored.key


def test_jobs_are_listed_newest_first_and_found_by_text_and_state(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    first = store.create(request(description="database moved"))
    second = store.create(request())
    carried_out(store, second, FakeTransport())
    assert [each.id for each in store.jobs()] == [second, first]
    assert [each.id for each in store.jobs(text="MOVED")] == [first]
    assert [each.id for each in store.jobs(text="100%")] == []
    assert [each.id for each in store.jobs(states=[JobState.FINISHED])] == [second]
    assert [each.id for each in store.jobs(limit=1, offset=1)] == [first]
    assert store.count() == 2


def test_jobs_are_sorted_by_what_is_asked_for_and_found_by_how_they_stand(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    first = store.create(request(description="b", noop=True))
    second = store.create(request(description="a"))
    carried_out(store, second, FakeTransport())
    assert [each.id for each in store.jobs(order="description", descending=False)] == [second, first]
    assert [each.id for each in store.jobs(order="job", descending=False)] == [first, second]
    for descending in (True, False):
        assert [each.id for each in store.jobs(order="took", descending=descending)] == [second, first]
    assert [each.id for each in store.jobs(text="finish")] == [second]
    assert [each.id for each in store.jobs(text="no-op")] == [first]


def test_a_summary_has_what_the_events_folded_to(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    job = store.create(request())
    carried_out(store, job, FakeTransport())
    summary = store.job(job).summary
    assert summary.state is JobState.FINISHED
    assert {str(state): count for state, count in summary.node_states.items()} == {"finished": 4}
    assert summary.started is not None
    assert summary.duration is not None
    assert not summary.runner_alive


def test_a_job_that_is_not_there_is_an_error_that_says_where_to_look(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    for ask in (store.job, store.events, store.progress):
        with pytest.raises(UnknownJobError, match="There is no job 7"):
            ask(7)


def test_a_store_that_cannot_be_opened_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="can't be opened"):
        open_store(f"sqlite:///{tmp_path / 'file' / 'jobs.sqlite'}")
    with pytest.raises(StoreError, match="not understood"):
        open_store("what is this")


def test_a_file_that_is_no_database_is_an_error_not_a_trace(tmp_path: Path) -> None:
    (tmp_path / "jobs.sqlite").write_text("no database at all, but long enough to look at" * 50)
    with pytest.raises(StoreError, match="can't be used"):
        open_store(f"sqlite:///{tmp_path / 'jobs.sqlite'}")


def test_a_store_of_a_newer_program_is_not_touched(tmp_path: Path) -> None:
    from sqlalchemy import text

    store = new_store(tmp_path)
    with store.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="another version of this program"):
        open_store(store.url)


def test_pruning_forgets_only_jobs_that_ended_long_ago(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    old, recent, unfinished = (store.create(request()) for _ in range(3))
    month = 30 * 86400.0
    _end(store, old, time.time() - month - 60)
    _end(store, recent, time.time() - month + 60)
    assert store.ended(30) == (old,)
    assert store.ended(0) == (old, recent)
    assert store.forget(store.ended(30)) == 1
    assert [each.id for each in store.jobs()] == [unfinished, recent]
    assert store.create(request()) > unfinished


def _end(store: object, job: int, moment: float) -> None:
    lease = leases.acquire(store, job, "r")  # type: ignore[arg-type]
    assert lease is not None
    events = (
        JobStarted(sequence=1, time=moment - 1, runner="r", digest="d"),
        JobFinished(sequence=2, time=moment, state=JobState.FINISHED),
    )
    leases.append(store, lease, events, JobProgress.of(request()).with_events(events))  # type: ignore[arg-type]


def test_opening_a_store_again_does_not_blind_those_who_have_it_open(tmp_path: Path) -> None:
    import subprocess
    import sys

    first = new_store(tmp_path)
    first.create(request())
    open_store(first.url).close()
    text = f"from appo_tui.jobs import open_store\nopen_store({first.url!r}).ask(1, 'stop', 'ada')\n"
    subprocess.run([sys.executable, "-c", text], check=True)
    assert first.asked(1) == (("stop", "ada"),)


def test_what_is_written_while_events_are_read_is_seen_at_the_next_look_and_in_order(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    job = store.create(request())
    lease = leases.acquire(store, job, "r")
    assert lease is not None
    progress = JobProgress.of(request())

    def write(*events: AnyEvent) -> None:
        nonlocal progress
        progress = progress.with_events(events)
        leases.append(store, lease, events, progress)

    line = LogLine(2.0, "stdout", "notice", "Puppet", "x")
    late: list[AnyEvent] = [
        NodeRunning(sequence=2, time=2.0, node="db1", attempt=1, command="puppet"),
        LogChunk(sequence=3, time=2.0, node="db1", attempt=1, first=1, lines=(line,)),
    ]

    def before(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if late and statement.startswith("SELECT log_chunks."):
            events, late[:] = tuple(late), []
            write(*events)

    write(JobStarted(sequence=1, time=1.0, runner="r", digest="d"))
    event.listen(store.engine, "before_cursor_execute", before)
    first = store.events(job)
    assert not late
    assert [each.sequence for each in (*first, *store.events(job, first[-1].sequence))] == [1, 2, 3]


def _deliver(store: Store, job: int, node: str, values: dict[str, dict[str, object]], moment: float) -> None:
    lease = leases.acquire(store, job, "r")
    assert lease is not None
    delivered = ValuesDelivered(sequence=1, time=moment, node=node, attempt=2, values=values)
    leases.append(store, lease, (delivered,), JobProgress.of(request()).with_events((delivered,)))


def test_the_last_delivery_is_found_however_many_jobs_came_after_it(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    jobs = [store.create(request()) for _ in range(80)]
    _deliver(store, jobs[0], "db1", {"Sql[a]": {"port": 1}, "Sql[b]": {"port": 2}}, 100.0)
    _deliver(store, jobs[1], "db1", {"Sql[a]": {"port": 3}}, 200.0)
    found = store.last_deliveries("production", {"Sql[a]", "Sql[b]", "Sql[c]"})
    assert {name: (each.job, each.values, each.time) for name, each in found.items()} == {
        "Sql[a]": (jobs[1], {"port": 3}, 200.0),
        "Sql[b]": (jobs[0], {"port": 2}, 100.0),
    }
    assert (found["Sql[a]"].node, found["Sql[a]"].attempt) == ("db1", 2)
    assert found["Sql[a]"].key == store.job(jobs[1]).request.key
    assert store.last_deliveries("production", {"Sql[a]"}, jobs[0])["Sql[a]"].job == jobs[0]
    assert store.last_deliveries("other", {"Sql[a]"}) == {}


def test_a_store_of_the_first_schema_is_brought_up_to_date(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    job = store.create(request())
    with store.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE deliveries")
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    store.close()
    again = open_store(store.url)
    _deliver(again, job, "db1", {"Sql[a]": {"port": 1}}, 100.0)
    assert again.last_deliveries("production", {"Sql[a]"})["Sql[a]"].values == {"port": 1}
    assert again.forget([job]) == 1
