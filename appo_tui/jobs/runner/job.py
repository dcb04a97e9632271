"""One job from lease to end, in the process that calls."""

from __future__ import annotations

import contextlib
import os
import platform
from collections.abc import Mapping, Sequence

from appo_tui.jobs.errors import JobError
from appo_tui.jobs.events import AnyEvent, JobStarted, RunnerLost
from appo_tui.jobs.runner.carrying import Carrier
from appo_tui.jobs.runner.recorder import Recorder
from appo_tui.jobs.states import JobState
from appo_tui.jobs.store import leases
from appo_tui.jobs.store.errors import StoreError
from appo_tui.jobs.store.leases import Lease
from appo_tui.jobs.store.store import Store
from appo_tui.jobs.transport.protocol import Transport


def take(store: Store, job: int) -> tuple[Lease, Recorder]:
    """The right to write a job's events, and the pen to do it with.

    Raises:
        JobError: the job has ended, or another runner works on it.
    """
    if store.job(job).summary.state.ended:
        raise JobError(f"Job {job} has ended.", f"Run its failed nodes again: appo job retry {job}")
    lease = leases.acquire(store, job, f"{platform.node()}:{os.getpid()}")
    if lease is None:
        raise JobError(f"Job {job} is running already.", f"Watch it: appo job attach {job}")
    return lease, Recorder(store, lease, store.progress(job))


async def carry_out(
    store: Store,
    lease: Lease,
    recorder: Recorder,
    transport: Transport,
    dependencies: Mapping[str, Sequence[str]] | None = None,
    beginning: Sequence[AnyEvent] = (),
    at_once: int | None = None,
) -> JobState:
    """Carry a job out to its end; returns the state that it ended in.

    Args:
        store: where the job is kept.
        lease: the right to write its events; given back at the end.
        recorder: the pen.
        transport: how its runs reach the nodes; closed at the end.
        dependencies: what each node waits for, as the files say now; by default as the request's plan.
        beginning: the events that come first; by default only a JobStarted.
        at_once: most nodes that run at once; by default as the request says.
    """
    progress = recorder.progress
    plan = progress.request.plan
    if dependencies is None:
        dependencies = {node.certname: node.dependencies for node in plan.nodes}
    try:
        first = beginning or (JobStarted(runner=lease.runner, digest=plan.digest),)
        lost = (RunnerLost(runner=progress.runner),) if progress.runner else ()
        await recorder.record(*lost, *first)
        return await Carrier(store, lease, recorder, transport, dependencies, at_once).carry()
    finally:
        await transport.close()
        with contextlib.suppress(StoreError):  # it runs out by itself
            leases.release(store, lease)
