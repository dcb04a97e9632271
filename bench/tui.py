"""The TUI on a real pseudo-terminal: ``python -m bench.tui``.

First paint on the samples against an empty Textual app, in turns; how soon an environment of 1,000 nodes
is there, with nothing kept of an earlier start and with all, and the longest piece of work meanwhile; how
soon the change of a file is seen in it; key press to paint while a generator writes log lines into the
store, against the same idle; search in a million lines; and the longest that a key waits while long trees
and tables are opened and filtered.
``--only`` measures some of it.
"""

from __future__ import annotations

import argparse
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import scale, tui_changes, tui_lists
from bench.terminal import Terminal, first_paint, key_to_paint, p95, typed
from bench.tui_log import SAMPLES, WRITES_A_SECOND, generate, make_job, mark

ROOT = Path(__file__).parent.parent
EMPTY_APP = "from textual.app import App; App().run()"
PAINTED = re.compile(rb"\x1b\[\d+;\d+H")
COUNT = re.compile(rb"all nodes, ([\d,]+) lines")
LAST_ROW = b"a0]"
BUDGET_START, BUDGET_P95_MS, BUDGET_PAUSE_MS = 2.0, 60.0, 100.0
BUDGET_TREE_SECONDS, BUDGET_AGAIN_SECONDS, BUDGET_PIECE_MS = 1.5, 1.0, 50.0
BUDGET_CHANGE_SECONDS = 0.5
BUDGET_IDLE, BUDGET_HIT_MS = 0.01, 300.0


def appo(*words: str) -> list[str]:
    """The command line of the program."""
    return [sys.executable, "-m", "appo_tui", *words]


def measure_start(options: argparse.Namespace) -> bool:
    """Print first paints; whether they are within the budget."""
    empty, painted, tree = [], [], []
    for _ in range(options.rounds):
        empty.append(first_paint([sys.executable, "-c", EMPTY_APP], PAINTED))
        painted.append(first_paint(appo(SAMPLES), PAINTED))
        tree.append(first_paint(appo(SAMPLES), b"Lamp::Db"))
    ratio = statistics.median(mine / theirs for mine, theirs in zip(painted, empty, strict=True))
    print(f"empty Textual app, first paint   {min(empty) * 1000:6.0f} ms")
    print(f"appo on the samples, first paint {min(painted) * 1000:6.0f} ms, {ratio:.2f} of it "
          f"(budget {BUDGET_START:.0f})")  # fmt: skip
    print(f"appo on the samples, the tree    {min(tree) * 1000:6.0f} ms")
    return ratio <= BUDGET_START


def measure_nodes(options: argparse.Namespace) -> bool:
    """Print how soon 1,000 nodes are there, with nothing kept and again, and what keys wait for meanwhile."""
    with tempfile.TemporaryDirectory() as directory:
        environment = Path(directory, "environment")
        environment.mkdir()
        scale.write(environment, scale.lamp(1000))
        empty, cold, warm, pieces = [], [], [], []
        for number in range(options.rounds + 1):
            kept = _kept_in(Path(directory, str(number)))
            found = [first_paint(appo(str(environment)), LAST_ROW, kept) for _ in range(2)]
            if number == 0:
                continue  # it may have compiled the program
            empty.append(first_paint([sys.executable, "-c", EMPTY_APP], PAINTED))
            cold.append(found[0])
            warm.append(found[1])
            pieces.append(_longest_piece(environment, Path(directory, f"piece {number}")))
        waited = _waits_while_reading(environment, _kept_in(Path(directory, "keys")))
    for what, took, budget in (
        ("with nothing kept", cold, BUDGET_TREE_SECONDS), ("started again", warm, BUDGET_AGAIN_SECONDS)
    ):  # fmt: skip
        ratio = statistics.median(mine / theirs for mine, theirs in zip(took, empty, strict=True))
        print(f"1,000 nodes, {what}: the tree after {min(took):.2f} s (budget {budget}), "
              f"{ratio:.1f} times an empty Textual app")  # fmt: skip
    print(f"meanwhile, the longest piece of work takes {min(pieces):.0f} ms (budget {BUDGET_PIECE_MS:.0f}), "
          f"and a key waits {max(waited):.0f} ms at most")  # fmt: skip
    return (
        min(cold) <= BUDGET_TREE_SECONDS
        and min(warm) <= BUDGET_AGAIN_SECONDS
        and min(pieces) <= BUDGET_PIECE_MS
    )


def measure_changes(options: argparse.Namespace) -> bool:
    """Print how soon changes of one file are on the screen at 1,000 nodes."""
    within = True
    for what, took in tui_changes.changes(options.rounds):
        typical = statistics.median(took)
        print(f"1,000 nodes, {what} changed: painted after {typical:.2f} s, at best {min(took):.2f} s, "
              f"at worst {max(took):.2f} s (budget {BUDGET_CHANGE_SECONDS})", flush=True)  # fmt: skip
        within = within and typical <= BUDGET_CHANGE_SECONDS
    return within


def _kept_in(directory: Path) -> dict[str, str]:
    """Variables by which all that is kept from start to start is below a directory."""
    return {"XDG_STATE_HOME": str(directory), "XDG_CACHE_HOME": str(directory)}


def _longest_piece(environment: Path, noted: Path) -> float:
    """Milliseconds of the longest piece of work of the screens, from the start until the tree is there."""
    words = [sys.executable, "-m", "bench.loop_pieces", str(noted), str(environment)]
    terminal = Terminal(words, _kept_in(noted.with_suffix(".kept")))
    try:
        terminal.until(LAST_ROW)
        terminal.watch(1.0)
    finally:
        terminal.close()
    return float(noted.read_text())


def _waits_while_reading(environment: Path, kept: dict[str, str]) -> list[float]:
    """Milliseconds from key to paint, of keys pressed while the environment is read."""
    terminal = Terminal(appo(str(environment)), kept)
    try:
        terminal.until(b"Reading the environment")
        terminal.send(":")
        terminal.watch(0.4)
        return typed(terminal, "zqxjvwkzqxjvwk")
    finally:
        terminal.close()


@contextmanager
def job_shown(directory: str) -> Iterator[tuple[Terminal, str, int]]:
    """The program on the log of a job in which nothing has happened yet; the store's URL; the job."""
    url = f"sqlite:///{directory}/store.sqlite"
    job = make_job(url)
    kept = {"XDG_STATE_HOME": directory, "XDG_CONFIG_HOME": directory}
    terminal = Terminal(appo("--store", url, SAMPLES), kept)
    try:
        terminal.until(b"Lamp::Db")
        terminal.watch(2.0)
        before = terminal.processor_seconds()
        terminal.watch(5.0)
        idle = (terminal.processor_seconds() - before) / 5.0
        print(f"idle: {idle:.2%} of a core (budget {BUDGET_IDLE:.0%})")
        terminal.send(f":{job}")
        terminal.watch(0.3)
        terminal.send("\r")
        terminal.until(b"all nodes")
        terminal.send("\t")
        terminal.watch(1.0)
        yield terminal, url, job
    finally:
        terminal.close()


def measure_log(options: argparse.Namespace) -> bool:
    """Print key to paint, idle and under load; whether it is within the budget and no line was lost."""
    rate, seconds = options.rate, options.seconds
    with tempfile.TemporaryDirectory() as directory, job_shown(directory) as (terminal, url, job):
        idle = key_to_paint(terminal, 5.0)
        used = terminal.processor_seconds()
        words = [sys.executable, "-m", "bench.tui_log", url, str(job), str(rate), str(seconds)]
        generator = subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=ROOT)
        terminal.watch(1.0)
        loaded = key_to_paint(terminal, seconds - 2.0)
        used = (terminal.processor_seconds() - used) / seconds
        written = int(generator.communicate()[0])
        shown = _shown_lines(terminal, written)
        memory = terminal.memory()
    slowest = p95(loaded)
    print(f"key to paint, idle           median {statistics.median(idle):5.1f} ms, p95 {p95(idle):5.1f} ms")
    print(f"key to paint, {rate:,} lines/s median {statistics.median(loaded):5.1f} ms, p95 {slowest:5.1f} ms "
          f"({len(loaded)} keys, none lost; budget {BUDGET_P95_MS:.0f}); {used:.0%} of a core")  # fmt: skip
    print(f"lines written {written:,} ({written / seconds:,.0f}/s), shown {shown:,}; memory {memory} MB")
    return slowest <= BUDGET_P95_MS and shown == written


def measure_search(options: argparse.Namespace) -> bool:
    """Print how soon a search in a million lines has its first hit, at worst, and how long keys wait."""
    lines, rate = options.lines, 200_000
    with tempfile.TemporaryDirectory() as directory, job_shown(directory) as (terminal, url, job):
        generate(url, job, rate, lines / rate)
        _shown_lines(terminal, lines)
        last = lines // (rate // WRITES_A_SECOND) - 1
        hits = {}
        for place, number in (("first", 0), ("middle", last // 2), ("last", last)):
            word = mark(number).strip()
            took = []
            for _ in range(3):
                terminal.send("G")
                terminal.watch(0.5)
                terminal.send("/")
                terminal.watch(0.5)
                sent = time.perf_counter()
                terminal.send(word)
                took.append((terminal.until(f"{word}  1 of ".encode()) - sent) * 1000)
                for key in ("\r", "\x1b"):
                    terminal.send(key)
                    terminal.watch(0.7)
            hits[place] = min(took)
        terminal.send("/")
        terminal.watch(0.5)
        waited = typed(terminal, "nowhere.to.be.found", pause=0.02)
        sent = time.perf_counter()
        terminal.until(b"no match")
        whole = time.perf_counter() - sent
        memory = terminal.memory()
    told = ", ".join(f"{place} line {took:.0f} ms" for place, took in hits.items())
    print(f"first hit in {lines:,} lines: {told} (budget {BUDGET_HIT_MS:.0f})")
    print(f"searching them, a key waits {max(waited):.0f} ms (budget {BUDGET_PAUSE_MS:.0f}); an expression "
          f"that matches nothing takes {whole:.1f} s; memory {memory} MB")  # fmt: skip
    return max(hits.values()) <= BUDGET_HIT_MS and max(waited) <= BUDGET_PAUSE_MS


def measure_lists(options: argparse.Namespace) -> bool:
    """Print how long a key waits while long trees and tables are worked on."""
    within = True
    for work in (tui_lists.tree(options.nodes), tui_lists.history(options.jobs)):
        for each in work:
            print(f"{each.what}: done after {each.took:.2f} s, a key waits {each.longest:.0f} ms at most "
                  f"(budget {BUDGET_PAUSE_MS:.0f})", flush=True)  # fmt: skip
            within = within and each.longest <= BUDGET_PAUSE_MS
    return within


def _shown_lines(terminal: Terminal, written: int) -> int:
    deadline = time.perf_counter() + 60.0
    shown = 0
    while shown < written and time.perf_counter() < deadline:
        found = COUNT.findall(terminal.watch(1.0))
        if found:
            shown = int(found[-1].replace(b",", b""))
        terminal.send("G")  # paints again
    return shown


MEASURES: dict[str, Callable[[argparse.Namespace], bool]] = {
    "start": measure_start,
    "nodes": measure_nodes,
    "changes": measure_changes,
    "log": measure_log,
    "search": measure_search,
    "lists": measure_lists,
}


def main() -> int:
    """Measures; returns 1 if a budget is exceeded."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="+", choices=MEASURES, default=list(MEASURES))
    parser.add_argument("--rounds", type=int, default=7, help="starts of each program")
    parser.add_argument("--rate", type=int, default=100_000, help="log lines a second")
    parser.add_argument("--seconds", type=float, default=20.0, help="how long lines are written")
    parser.add_argument("--lines", type=int, default=1_000_000, help="lines that are searched")
    parser.add_argument("--nodes", type=int, default=25_000, help="nodes of the tree, four rows each")
    parser.add_argument("--jobs", type=int, default=10_000, help="jobs of the history")
    options = parser.parse_args()
    within = [MEASURES[name](options) for name in options.only]
    return 0 if all(within) else 1


if __name__ == "__main__":
    sys.exit(main())
