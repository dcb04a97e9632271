"""Events made by hand: jobs as their runners would have written them."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from appo_tui.jobs.events import (
    AnyEvent,
    JobFinished,
    JobStarted,
    LogChunk,
    LogLine,
    Metrics,
    NodeFailed,
    NodeFinished,
    NodeReady,
    NodeRunning,
    NodeSkipped,
    ResourceEvent,
    ResourceEvents,
)
from appo_tui.jobs.states import JobState

START = 1_700_000_000.0


def numbered(events: Sequence[AnyEvent], *, seconds: float = 1.0) -> tuple[AnyEvent, ...]:
    return tuple(
        replace(event, sequence=number, time=START + number * seconds)
        for number, event in enumerate(events, 1)
    )


def log(node: str, texts: Sequence[str], *, first: int = 1, level: str = "notice") -> LogChunk:
    lines = tuple(LogLine(START + first + n, "stdout", level, "Puppet", text) for n, text in enumerate(texts))
    return LogChunk(node=node, attempt=1, first=first, lines=lines)


def run_of(node: str, *, failing: bool = False) -> list[AnyEvent]:
    changed = ResourceEvent(
        resource_type="File", resource_title="/etc/my.cnf", property="ensure", old_value="absent",
        new_value="file", message="defined content", status="failure" if failing else "success",
        file="/m/db.pp", line=12,
    )  # fmt: skip
    said = ["Compiled catalog for " + node, "/Stage[main]/Lamp::Db[app1]/File[/etc/my.cnf]/ensure: created"]
    end = NodeFailed if failing else NodeFinished
    return [
        NodeReady(node=node),
        NodeRunning(node=node, attempt=1, command="puppet apply --detailed-exitcodes site.pp"),
        log(node, said),
        *([log(node, ["Could not find package 'mysqld'"], first=3, level="err")] if failing else []),
        ResourceEvents(node=node, attempt=1, events=(changed,)),
        end(node=node, attempt=1, message="", metrics=Metrics(changed=1, total=9, failed=int(failing))),
    ]


def finished_job() -> tuple[AnyEvent, ...]:
    nodes = ("db1", "web1", "web2", "web3", "lb1")
    runs = [event for node in nodes for event in run_of(f"{node}.example.com")]
    return numbered([JobStarted(runner="r", digest="d"), *runs, JobFinished(state=JobState.FINISHED)])


def failed_job() -> tuple[AnyEvent, ...]:
    skipped = [
        NodeSkipped(node=f"{node}.example.com", message="db1.example.com failed", cause="db1.example.com")
        for node in ("web1", "web2", "web3", "lb1")
    ]
    failing = run_of("db1.example.com", failing=True)
    return numbered(
        [JobStarted(runner="r", digest="d"), *failing, *skipped, JobFinished(state=JobState.FAILED)]
    )


def running_job() -> tuple[AnyEvent, ...]:
    return finished_job()[:10]
