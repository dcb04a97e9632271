from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from appo_tui.jobs import JobProgress, JobState, NodeState
from appo_tui.jobs import events as ev
from tests.jobs.requests import request

EVENTS: tuple[ev.AnyEvent, ...] = (
    ev.JobStarted(sequence=1, time=1.0, runner="r", digest="d"),
    ev.NodeReady(sequence=2, time=2.0, node="db1"),
    ev.NodeRunning(sequence=3, time=3.0, node="db1", attempt=1, command="puppet apply"),
    ev.LogChunk(
        sequence=4, time=4.0, node="db1", attempt=1, first=1, offset=10,
        lines=(ev.LogLine(4.0, "stdout", "notice", "Puppet", "hello"),),
    ),
    ev.NodeFailed(sequence=5, time=5.0, node="db1", attempt=1, message="bad", metrics=ev.Metrics(failed=1)),
    ev.NodeSkipped(sequence=6, time=6.0, node="web1", message="db1 failed", cause="db1"),
    ev.JobStopping(sequence=7, time=7.0, force=False, by="ada"),
    ev.JobFinished(sequence=8, time=8.0, state=JobState.STOPPED),
)  # fmt: skip


def test_a_job_passes_through_its_states() -> None:
    progress = JobProgress.of(request()).with_events(EVENTS)
    assert [(state.value, time) for state, time in progress.history] == [
        ("ready", 1.0), ("running", 2.0), ("stopping", 7.0), ("stopped", 8.0),
    ]  # fmt: skip
    assert (progress.started, progress.finished) == (1.0, 8.0)


def test_a_node_keeps_its_attempts_times_and_message() -> None:
    node = JobProgress.of(request()).with_events(EVENTS).nodes["db1"]
    assert (node.state, node.started, node.finished, node.message) == (NodeState.FAILED, 3.0, 5.0, "bad")
    assert (node.attempt, node.log_lines, node.attempts[0].log_offset) == (1, 1, 10)
    assert node.metrics == ev.Metrics(failed=1)


def test_a_skipped_node_knows_its_cause() -> None:
    assert JobProgress.of(request()).with_events(EVENTS).nodes["web1"].cause == "db1"


@given(st.lists(st.integers(0, len(EVENTS)), max_size=5))
def test_events_may_come_in_any_batches_and_again(cuts: list[int]) -> None:
    whole = JobProgress.of(request()).with_events(EVENTS)
    progress = JobProgress.of(request())
    for cut in sorted(cuts):
        progress = progress.with_events(EVENTS[:cut])
    assert progress.with_events(EVENTS) == whole


def test_a_fold_does_not_change_what_it_started_from() -> None:
    before = JobProgress.of(request())
    before.with_events(EVENTS)
    assert before == JobProgress.of(request())
