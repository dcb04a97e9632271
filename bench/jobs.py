"""What jobs cost beside the work of their nodes.

usage: python -m bench.jobs

Prints the makespan of 1,000 nodes with simulated runs against the critical path of their run times, the
lines a second that a store takes, and the time of reading a list from a history of 10,000 jobs.
"""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
import time
from pathlib import Path

from appo_tui.jobs import JobOptions, JobProgress, JobRequest, Store, open_store
from appo_tui.jobs.events import AnyEvent, LogChunk, LogLine
from appo_tui.jobs.runner.job import carry_out, take
from appo_tui.jobs.store import leases
from appo_tui.jobs.transport.fake import FakeRun, FakeTransport
from appo_tui.plan import Edge, JobPlan, PlannedNode, Target

NODES, DEPTH, SEED = 1000, 8, 7
LINES, CHUNK = 1_000_000, 2000
HISTORY = 10_000


def layered_plan() -> JobPlan:
    """1,000 nodes in eight levels, each behind two random nodes of the level above."""
    chance = random.Random(SEED)
    width = NODES // DEPTH
    nodes, edges = [], []
    for number in range(NODES):
        level = number // width
        above = range((level - 1) * width, level * width)
        needed = tuple(f"n{each}" for each in chance.sample(above, 2)) if level else ()
        nodes.append(PlannedNode(f"n{number}", level, (), needed))
        edges += [Edge(each, f"n{number}", "Res[x]") for each in needed]
    return JobPlan("production", Target("all"), tuple(nodes), tuple(edges), (), "d", "m")


def request(plan: JobPlan) -> JobRequest:
    """A job of a plan."""
    return JobRequest(
        root="/env", environment="production", plan=plan, options=JobOptions(), owner="bench", host="here"
    )


def makespan_ratio(store: Store) -> float:
    """Wall seconds of a job over the longest path of its nodes' run times."""
    plan = layered_plan()
    chance = random.Random(SEED)
    runs = {node.certname: FakeRun(seconds=chance.uniform(0.5, 3.0)) for node in plan.nodes}
    ends: dict[str, float] = {}
    for node in plan.nodes:
        before = max((ends[each] for each in node.dependencies), default=0.0)
        ends[node.certname] = before + runs[node.certname].seconds

    async def whole() -> float:
        lease, recorder = take(store, store.create(request(plan)))
        began = time.perf_counter()
        await carry_out(store, lease, recorder, FakeTransport(runs))
        return time.perf_counter() - began

    return asyncio.run(whole()) / max(ends.values())


def lines_a_second(store: Store) -> tuple[float, float]:
    """Log lines stored a second, and the seconds that it takes to read a screen from the middle."""
    asked = request(JobPlan("production", Target("all"), (PlannedNode("n", 0, (), ()),), (), (), "d"))
    job = store.create(asked)
    lease = leases.acquire(store, job, "bench")
    assert lease is not None
    line = LogLine(time.time(), "stdout", "notice", "/Stage[main]/Main/File[/etc/x]/ensure", "created " * 6)
    progress = JobProgress.of(asked)
    began = time.perf_counter()
    for number in range(LINES // CHUNK):
        first = number * CHUNK + 1
        event = LogChunk(
            sequence=number + 1, time=line.time, node="n", attempt=1, first=first, lines=(line,) * CHUNK
        )
        events: tuple[AnyEvent, ...] = (event,)
        progress = progress.with_events(events)
        leases.append(store, lease, events, progress)
    rate = LINES / (time.perf_counter() - began)
    began = time.perf_counter()
    assert len(store.log(job, "n", first=LINES // 2, count=50)) == 50
    return rate, time.perf_counter() - began


def list_seconds(store: Store) -> float:
    """Seconds to read the newest 50 of 10,000 jobs."""
    plan = JobPlan("production", Target("all"), (PlannedNode("n", 0, (), ()),), (), (), "d")
    for _ in range(HISTORY):
        store.create(request(plan))
    began = time.perf_counter()
    assert len(store.jobs()) == 50
    return time.perf_counter() - began


def main() -> int:
    """Measure; returns 1 if a budget is exceeded."""
    with tempfile.TemporaryDirectory() as directory:
        store = open_store(f"sqlite:///{Path(directory) / 'jobs.sqlite'}")
        ratio = makespan_ratio(store)
        print(f"makespan of {NODES} nodes: {ratio:.3f} of the critical path (budget 1.03)")
        rate, read = lines_a_second(store)
        print(f"log lines stored: {rate:,.0f}/s (budget 200,000)")
        print(f"50 lines from the middle of {LINES:,}: {read * 1000:.1f} ms")
        listed = list_seconds(store)
        print(f"job list of {HISTORY:,}: {listed * 1000:.0f} ms (budget 100)")
        store.close()
    return int(ratio > 1.03 or rate < 200_000 or listed > 0.1)


if __name__ == "__main__":
    sys.exit(main())
