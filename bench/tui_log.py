"""A job whose log is written into a store as fast as one likes: ``python -m bench.tui_log`` is its runner.

usage: python -m bench.tui_log URL JOB RATE SECONDS
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

SAMPLES = str(Path(__file__).parent.parent / "sample_modules")
NODES, LINES_IN_CHUNK, WRITES_A_SECOND = 50, 100, 20
TEXT = "/Stage[main]/Lamp::Db[app1]/File[/etc/mysql/my.cnf]/content: content changed '{md5}0' to '{md5}"


def mark(write: int) -> str:
    """What only the first line of a write says."""
    return f" mark{write:05}x"


def make_job(url: str) -> int:
    """Make a job over 50 nodes; returns its number."""
    from appo_tui.jobs import JobOptions, JobRequest, open_store
    from appo_tui.plan.entities import JobPlan, PlannedNode, Target

    nodes = tuple(PlannedNode(f"node{number}.test", 0, (), ()) for number in range(NODES))
    plan = JobPlan("production", Target("all"), nodes, (), (), "0")
    store = open_store(url)
    request = JobRequest(
        root=SAMPLES, environment="production", plan=plan, options=JobOptions(), owner="bench", host="here"
    )
    job = store.create(request)
    store.close()
    return job


def generate(url: str, job: int, rate: int, seconds: float) -> int:
    """Write log lines into a store at a rate, as a runner does; returns how many.

    There are ``WRITES_A_SECOND``, each with a mark.
    """
    from msgspec.structs import replace

    from appo_tui.jobs import JobProgress, open_store
    from appo_tui.jobs.events import AnyEvent, JobStarted, LogChunk, LogLine, NodeRunning
    from appo_tui.jobs.store import leases

    store = open_store(url)
    lease = leases.acquire(store, job, "bench")
    assert lease is not None
    progress = JobProgress.of(store.job(job).request)
    names = tuple(progress.nodes)

    def write(events: list[AnyEvent]) -> None:
        nonlocal progress
        first = progress.last_sequence + 1
        moment = time.time()
        numbered = [replace(event, sequence=first + n, time=moment) for n, event in enumerate(events)]
        progress = progress.with_events(numbered)
        leases.append(store, lease, numbered, progress)

    write([JobStarted(runner="bench", digest="0")])
    write([NodeRunning(node=name, attempt=1, command="puppet apply") for name in names])
    lines_in_write = rate // WRITES_A_SECOND
    written, began = 0, time.perf_counter()
    while written < rate * seconds:
        count = min(LINES_IN_CHUNK, lines_in_write)
        chunks: list[AnyEvent] = []
        for number in range(lines_in_write // count):
            name = names[number % NODES]
            log = progress.nodes[name].log_lines + 1 + number // NODES * count
            last = mark(written // lines_in_write) if number == 0 else ""
            lines = tuple(
                LogLine(time.time(), "stdout", "notice", "Puppet", f"{TEXT}{n}'{last if n == 0 else ''}")
                for n in range(count)
            )
            chunks.append(LogChunk(node=name, attempt=1, first=log, lines=lines))
            written += count
        write(chunks)
        time.sleep(max(0.0, began + written / rate - time.perf_counter()))
    store.close()
    return written


if __name__ == "__main__":
    url, job, rate, seconds = sys.argv[1:]
    print(generate(url, int(job), int(rate), float(seconds)))
