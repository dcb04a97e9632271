"""A job in a store, as a runner would have left it."""

from __future__ import annotations

from pathlib import Path

from appo_tui.jobs import JobOptions, JobProgress, JobRequest, JobState, open_store
from appo_tui.jobs import events as ev
from appo_tui.jobs.store import leases
from appo_tui.plan import Target, make_plan
from tests.cli.commands import Program
from tests.cli.made import lamp

NOON = 1_700_000_000.0


def url(appo: Program) -> str:
    return f"sqlite:///{appo.home}/jobs.sqlite"


def _finished(node: str) -> ev.NodeFinished:
    counts = ev.Metrics(changed=3, unchanged=4, total=7)
    return ev.NodeFinished(node=node, attempt=1, message="x", metrics=counts, configuration_version="17")


def events(*, failed: bool = False, stopped: bool = False) -> tuple[ev.AnyEvent, ...]:
    line = ev.LogLine(NOON + 1, "stdout", "notice", "/Stage[main]/Main/File[/a]/ensure", "created \x1b[2J")
    happened: list[ev.AnyEvent] = [
        ev.JobStarted(runner="r", digest="d"),
        ev.NodeReady(node="db1"),
        ev.NodeRunning(node="db1", attempt=1, command="puppet apply"),
        ev.LogChunk(node="db1", attempt=1, first=1, lines=(line,)),
    ]
    if failed:
        happened += [
            ev.NodeErrored(node="db1", attempt=1, message="no route to host"),
            ev.NodeSkipped(node="web1", message="db1 errored", cause="db1"),
            ev.JobFinished(state=JobState.FAILED),
        ]
    elif stopped:
        happened += [
            ev.JobStopping(force=False, by="ann"),
            _finished("db1"),
            ev.NodeSkipped(node="web1", message="job stopped"),
            ev.JobFinished(state=JobState.STOPPED),
        ]
    else:
        happened += [
            _finished("db1"),
            ev.NodeRunning(node="web1", attempt=1, command="puppet apply"),
            _finished("web1"),
            ev.JobFinished(state=JobState.FINISHED),
        ]
    return tuple(
        type(each)(
            **{
                **{name: getattr(each, name) for name in each.__struct_fields__},
                "sequence": n,
                "time": NOON + n,
            }
        )
        for n, each in enumerate(happened, 1)
    )


def add_job(
    appo: Program, *, failed: bool = False, stopped: bool = False, simulated: bool = False
) -> int:
    plan = make_plan(lamp(), Target("application", ("Lamp",)))
    request = JobRequest(
        root=str(Path("/nowhere")),
        environment="production",
        plan=plan,
        options=JobOptions(description="first"),
        owner="ann",
        host="desk",
        simulated=simulated,
        command="appo job run --application Lamp",
    )
    store = open_store(url(appo))
    job = store.create(request)
    lease = leases.acquire(store, job, "test")
    assert lease is not None
    happened = events(failed=failed, stopped=stopped)
    leases.append(store, lease, happened, JobProgress.of(request).with_events(happened))
    leases.release(store, lease)
    store.close()
    return job
