"""How fast `true` runs on many nodes over SSH: ours against what else this machine has.

usage: python -m bench.fanout [--counts 200 1000] [--concurrency 100] [--rounds 3] [--peers VENV] [--alone]

Starts the fleet of bench.fakefleet on loopback and runs every program in turns, from its start to its
exit. Prints wall and CPU seconds of the client's side, the best of the rounds, their ratios to ours, and the
memory of an open connection. A program that took five times as long as ours is not run in later rounds; one
that is not installed is named. VENV is a virtual environment with ansible-core, parallel-ssh and pyinfra.
With --alone no other program is run.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.peers import Ground, Peer, peers

ROOT = Path(__file__).parent.parent
OURS = "ours"
HOPELESS = 5.0
"""How many times as long as ours a program may take to be run again."""

FROM_HERE_ON_FASTEST = 1000
"""Nodes from which on ours must be the fastest; below, a tenth slower than the best is allowed."""

MEMORY_BUDGET = 100_000
"""Bytes of memory of an open connection."""


@dataclass(frozen=True, slots=True)
class Time:
    """Seconds of one run, or the best of several."""

    wall: float
    cpu: float
    rounds: int = 1

    def best(self, other: Time) -> Time:
        """The lesser of each."""
        return Time(min(self.wall, other.wall), min(self.cpu, other.cpu), self.rounds + other.rounds)


@contextmanager
def fleet(count: int, puppet_seconds: float = 1.0) -> Iterator[Path]:
    """A fleet that answers; gives the directory with what clients need."""
    with tempfile.TemporaryDirectory() as temporary:
        directory = Path(temporary) / "fleet"
        words = [sys.executable, "-m", "bench.fakefleet", str(directory), "--count", str(count)]
        words += ["--puppet-seconds", str(puppet_seconds)]
        serving = subprocess.Popen(words, cwd=ROOT)
        try:
            while not (directory / "ready").exists() and serving.poll() is None:
                time.sleep(0.05)
            yield directory
        finally:
            serving.terminate()
            serving.wait()


def ours(ground: Ground) -> Peer:
    """Our own connections, in a program of their own."""
    words = (sys.executable, "-m", "bench.run_everywhere", str(ground.fleet))
    return Peer(OURS, (*words, "--concurrency", str(ground.concurrency)))


def timed(peer: Peer) -> Time:
    """The seconds of a program and its children; ends the benchmark if a node did not answer."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    done = subprocess.run(
        peer.words, cwd=ROOT, env={**os.environ, **peer.environment}, stdin=subprocess.DEVNULL, text=True,
        capture_output=True,
    )  # fmt: skip
    wall = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        sys.exit(f"{peer.name} failed: {(done.stderr or done.stdout)[-2000:]}")
    return Time(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def compared(programs: tuple[Peer, ...], rounds: int) -> dict[str, Time]:
    """The best seconds of each program, run in turns."""
    best: dict[str, Time] = {}
    for _ in range(rounds):
        for peer in programs:
            known = best.get(peer.name)
            if known is not None and known.wall > HOPELESS * best[OURS].wall:
                continue
            now = timed(peer)
            best[peer.name] = now.best(known) if known else now
    return best


def memory(ground: Ground) -> float:
    """Bytes that one of our open connections takes, all nodes of the fleet being connected."""
    words = (*ours(ground).words[:4], "--held")
    return float(subprocess.run(words, cwd=ROOT, check=True, capture_output=True, text=True).stdout)


def measured(count: int, options: argparse.Namespace) -> bool:
    """Measure with this many nodes and print it; returns whether the budgets are kept."""
    with fleet(count) as directory:
        ground = Ground(directory, options.concurrency, options.peers)
        others, missing = ((), ()) if options.alone else peers(ground)
        best = compared((ours(ground), *others), options.rounds)
        held = memory(ground)
    print(f"\n{count} nodes, {options.concurrency} at once, best of {options.rounds}")
    own = best[OURS]
    for name, spent in sorted(best.items(), key=lambda each: each[1].wall):
        ratios = f"wall {spent.wall:7.2f} s {spent.wall / own.wall:6.2f}x"
        once = "" if spent.rounds == options.rounds else f"   ({spent.rounds} run)"
        print(f"{name:<16} {ratios}   cpu {spent.cpu:7.2f} s {spent.cpu / own.cpu:6.2f}x{once}")
    print(f"memory of an open connection: {held / 1000:.0f} kB (budget {MEMORY_BUDGET // 1000})")
    if missing:
        print(f"not installed: {', '.join(missing)}")
    fastest = min(each.wall for each in best.values())
    allowed = fastest if count >= FROM_HERE_ON_FASTEST else fastest * 1.1
    return own.wall <= allowed and held <= MEMORY_BUDGET


def main() -> int:
    """Measure; returns 1 if a budget is exceeded."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--counts", type=int, nargs="+", default=[200, 1000])
    parser.add_argument("--concurrency", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peers", type=Path)
    parser.add_argument("--alone", action="store_true")
    options = parser.parse_args()
    kept = [measured(count, options) for count in options.counts]
    return int(not all(kept))


if __name__ == "__main__":
    sys.exit(main())
