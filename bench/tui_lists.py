"""How long a key waits while long trees and tables are opened, expanded, filtered and sorted."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench import scale
from bench.terminal import Terminal, typed

_WORD = "zqxjvwk"


@dataclass(frozen=True, slots=True)
class Pause:
    """What was done, after how many seconds it was there, and the longest wait of a key meanwhile, in ms."""

    what: str
    took: float
    longest: float


def tree(nodes: int) -> Iterator[Pause]:
    """A tree of about four rows a node."""
    with tempfile.TemporaryDirectory() as directory:
        scale.write(Path(directory), scale.lamp(nodes))
        kept = {"XDG_STATE_HOME": directory, "XDG_CACHE_HOME": directory}
        terminal = Terminal([sys.executable, "-m", "appo_tui", directory], kept)
        try:
            terminal.until(b"Reading the environment")
            yield _while(terminal, f"tree of {nodes:,} nodes, opening", ":", b"a0]", 600.0)
            yield _while(terminal, "tree, expanding all", "*:", b"Db[a0]", 60.0)
            terminal.send("g")
            terminal.watch(1.0)
            yield _typing(terminal, "tree, filtering", f"a{nodes // 10 - 1}]", b"matches")
            _leave_filter(terminal)
            yield _while(terminal, "tree, closing all", "-:", b"instance", 30.0)
        finally:
            terminal.close()


def history(jobs: int) -> Iterator[Pause]:
    """The history of many jobs."""
    with tempfile.TemporaryDirectory() as directory:
        url = f"sqlite:///{directory}/store.sqlite"
        _make_jobs(url, jobs)
        words = [sys.executable, "-m", "appo_tui", "--store", url]
        terminal = Terminal([*words, str(Path(__file__).parent.parent / "sample_modules")],
                            {"XDG_STATE_HOME": directory, "XDG_CONFIG_HOME": directory})  # fmt: skip
        try:
            terminal.until(b"Lamp::Db")
            terminal.watch(1.0)
            yield _while(terminal, f"history of {jobs:,} jobs, opening", "4:", b"started", 60.0)
            yield _typing(terminal, "history, filtering", "run 77", b" of ")
            _leave_filter(terminal)
            found = f"{jobs // 100} of {jobs}".encode()
            expression = "/run [0-9]+00 \r:"
            yield _while(terminal, "history, filtering by an expression", expression, found, 60.0)
            _leave_filter(terminal)
            yield _while(terminal, "history, sorting", "oo:", b"state", 30.0)
        finally:
            terminal.close()


def _while(terminal: Terminal, what: str, keys: str, pattern: bytes, patience: float) -> Pause:
    """Do something, and type behind ``:`` until it is there."""
    terminal.painted()
    began = time.perf_counter()
    terminal.send(keys)
    terminal.watch(0.4)  # the line to type into opens
    longest, done = 0.0, False
    while not done and time.perf_counter() - began < patience:
        longest = max(longest, *typed(terminal, _WORD))
        terminal.send("\x15")  # clears the line
        terminal.watch(0.1)
        done = pattern in terminal.painted()
    took = time.perf_counter() - began
    terminal.send("\x1b")
    terminal.watch(0.5)
    return Pause(what, took, longest)


def _typing(terminal: Terminal, what: str, text: str, pattern: bytes) -> Pause:
    """Type a filter until its outcome is there."""
    terminal.send("/")
    terminal.watch(0.5)
    waited = typed(terminal, text)
    began = time.perf_counter()
    terminal.until(pattern)
    took = time.perf_counter() - began
    terminal.send("\r")
    terminal.watch(0.5)
    return Pause(what, took, max(waited))


def _leave_filter(terminal: Terminal) -> None:
    terminal.send("\x1b")
    terminal.watch(2.0)


def _make_jobs(url: str, count: int) -> None:
    from appo_tui.jobs import JobOptions, JobRequest, open_store
    from appo_tui.plan.entities import JobPlan, PlannedNode, Target

    nodes = tuple(PlannedNode(f"node{number}.test", 0, (), ()) for number in range(20))
    plan = JobPlan("production", Target("all"), nodes, (), (), "0")
    store = open_store(url)
    for number in range(1, count + 1):
        options = JobOptions(description=f"run {number} of all")
        store.create(JobRequest(root="/nowhere", environment="production", plan=plan, options=options,
                                owner="bench", host="here"))  # fmt: skip
    store.close()
