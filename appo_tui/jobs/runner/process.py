"""The runner's process: from the errand on its standard input to the end of its job."""

from __future__ import annotations

import asyncio
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from appo_tui.environment import EnvironmentReadError
from appo_tui.environment.inventory import Inventory, find_inventory, read_inventory
from appo_tui.jobs import events as ev
from appo_tui.jobs.access.credentials import Errand
from appo_tui.jobs.access.not_followed import options_not_followed
from appo_tui.jobs.bundle.delivery import Delivered
from appo_tui.jobs.errors import JobError
from appo_tui.jobs.event_loop import run_many_connections
from appo_tui.jobs.request import JobRequest
from appo_tui.jobs.runner.deliveries import (
    earlier_deliveries,
    fetch_secrets,
    stored_values,
    told_of,
)
from appo_tui.jobs.runner.heartbeat import keep_beating
from appo_tui.jobs.runner.job import carry_out, take
from appo_tui.jobs.runner.reading import Course, Current, course, read_current, with_unknown_collected
from appo_tui.jobs.runner.recorder import Recorder
from appo_tui.jobs.states import JobState
from appo_tui.jobs.store import leases
from appo_tui.jobs.store.errors import LeaseLostError, StoreError
from appo_tui.jobs.store.leases import Lease
from appo_tui.jobs.store.store import Store, open_store
from appo_tui.jobs.transport.open_files import room_for_nodes
from appo_tui.plan import PlanError

if TYPE_CHECKING:
    from appo_tui.jobs.transport.nodes import NodeTransport

_NO_ROOM = (
    "This machine lets the program open so few files that only {at_once} nodes run at once. Raise its limit "
    "(ulimit -n) for more."
)


def main() -> int:
    """Read the errand and do it; returns the process's exit code."""
    errand = msgspec.json.decode(sys.stdin.buffer.read(), type=Errand)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        store = open_store(errand.store_url)
        lease, recorder = take(store, errand.job)
        run_many_connections(_work(store, lease, recorder, errand))
    except (JobError, StoreError, LeaseLostError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    if errand.log:
        Path(errand.log).unlink(missing_ok=True)
    return 0


async def _work(store: Store, lease: Lease, recorder: Recorder, errand: Errand) -> JobState:
    request = recorder.progress.request
    keeper = asyncio.create_task(keep_beating(store, lease))
    try:
        current = await asyncio.to_thread(read_current, request)
        going = course(request, current.model)
        inventory = _inventory(current, request)
        if request.options.mode == "apply":
            asked = errand.credentials
            current = await asyncio.to_thread(with_unknown_collected, current, request, inventory, asked)
        earlier = await asyncio.to_thread(
            earlier_deliveries, store, lease.job, recorder.progress, current.model
        )
        transport = _transport(current, inventory, errand, request, stored_values(earlier))
        await fetch_secrets(transport, earlier, current.model)
        warnings = await asyncio.to_thread(options_not_followed, inventory, list(recorder.progress.nodes))
        warnings += told_of(earlier, lease.job)
    except (EnvironmentReadError, PlanError) as error:
        return await _give_up(store, lease, recorder, str(error))
    finally:
        keeper.cancel()
    wanted = request.options.concurrency or len(request.plan.nodes)
    at_once = room_for_nodes(wanted)
    if at_once < wanted:
        warnings += (_NO_ROOM.format(at_once=at_once),)
    beginning = _beginning(lease, recorder, going, warnings)
    return await carry_out(store, lease, recorder, transport, going.dependencies, beginning, at_once)


def _inventory(current: Current, request: JobRequest) -> Inventory:
    given = Path(request.inventory_file) if request.inventory_file else None
    return read_inventory(find_inventory(current.environment.root, given))


def _transport(
    current: Current, inventory: Inventory, errand: Errand, request: JobRequest, delivered: Delivered
) -> NodeTransport:
    from appo_tui.jobs.bundle.building import Builder
    from appo_tui.jobs.transport.nodes import NodeTransport
    from appo_tui.jobs.transport.ssh import SshShells
    from appo_tui.jobs.transport.sudo import RunAs

    shells = SshShells(inventory, errand.credentials)
    builder = Builder(current.model, current.environment, current.facts, request.options, delivered)
    run_as = RunAs(inventory, request.options.run_as, errand.credentials.sudo_password)
    return NodeTransport(shells, builder, run_as)


def _beginning(
    lease: Lease, recorder: Recorder, going: Course, warnings: tuple[str, ...]
) -> list[ev.AnyEvent]:
    """The first events of this runner: what it follows, and the nodes that it can't run."""
    message = "The environment changed since the plan was made; the job runs what its files say now."
    started = ev.JobStarted(
        runner=lease.runner,
        digest=going.digest,
        stale=going.stale,
        message=message if going.stale else "",
        warnings=warnings,
    )
    nodes = recorder.progress.nodes
    gone = "it has no component any more: the environment changed since the plan was made."
    return [
        started,
        *(
            ev.NodeErrored(node=name, attempt=0, message=gone)
            for name in going.gone
            if not nodes[name].state.ended
        ),
    ]


async def _give_up(store: Store, lease: Lease, recorder: Recorder, message: str) -> JobState:
    """End a job that can't be begun: its nodes are errored, all for the same reason."""
    nodes = [name for name, node in recorder.progress.nodes.items() if not node.state.ended]
    await recorder.record(
        ev.JobStarted(runner=lease.runner, digest="", message=message),
        *(ev.NodeErrored(node=node, attempt=0, message=message) for node in nodes),
        ev.JobFinished(state=JobState.FAILED),
    )
    leases.release(store, lease)
    return JobState.FAILED
