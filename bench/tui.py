"""The TUI on a real pseudo-terminal: ``python -m bench.tui``.

First paint on the samples against an empty Textual app, in turns; then key press to paint while a
generator writes log lines into the store, against the same idle. A key is a character typed behind ``:``;
it has been painted when the terminal was sent the word that it ends.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import re
import select
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
SAMPLES = str(ROOT / "sample_modules")
EMPTY_APP = "from textual.app import App; App().run()"
PAINTED = re.compile(rb"\x1b\[\d+;\d+H")
CONTROL = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|.)")
COUNT = re.compile(rb"all nodes, ([\d,]+) lines(?:, ([\d,]+) earlier)?")
NODES, LINES_IN_CHUNK, WRITES_A_SECOND = 50, 100, 20
BUDGET_START, BUDGET_P95_MS = 2.0, 60.0


class Terminal:
    """A program on a pseudo-terminal of 120 columns and 40 rows."""

    def __init__(self, words: list[str], environment: dict[str, str] | None = None) -> None:
        self.began = time.perf_counter()
        self.process, self._file = pty.fork()
        if self.process == 0:
            os.environ.update({"TERM": "xterm-256color", "COLORTERM": "truecolor", **(environment or {})})
            os.execvp(words[0], words)
        fcntl.ioctl(self._file, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        self._seen = b""

    def send(self, keys: str) -> None:
        """Press keys; what was painted before counts no more."""
        self._seen = b""
        os.write(self._file, keys.encode())

    def until(self, pattern: re.Pattern[bytes] | bytes, patience: float = 60.0) -> float:
        """Wait until something was painted; returns when, in seconds of the performance counter."""
        deadline = time.perf_counter() + patience
        while time.perf_counter() < deadline:
            if select.select([self._file], [], [], 0.05)[0]:
                self._seen += os.read(self._file, 65_536)
                now = time.perf_counter()
                if isinstance(pattern, re.Pattern):
                    if pattern.search(self._seen):
                        return now
                elif pattern in CONTROL.sub(b"", self._seen):
                    return now
        raise TimeoutError(f"{pattern!r} was not painted")

    def watch(self, seconds: float) -> bytes:
        """Read for a while; returns what was painted, without control sequences."""
        deadline = time.perf_counter() + seconds
        while (left := deadline - time.perf_counter()) > 0:
            if select.select([self._file], [], [], left)[0]:
                self._seen = (self._seen + os.read(self._file, 65_536))[-1_000_000:]
        return CONTROL.sub(b"", self._seen)

    def memory(self) -> int:
        """The most memory that the program had, in MB."""
        status = Path(f"/proc/{self.process}/status").read_text()
        return int(status.split("VmHWM:")[1].split()[0]) // 1024

    def processor_seconds(self) -> float:
        """Processor time that the program has used."""
        fields = Path(f"/proc/{self.process}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def close(self) -> None:
        """End the program."""
        os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)
        os.close(self._file)


def first_paint(words: list[str], pattern: re.Pattern[bytes] | bytes) -> float:
    """Seconds from the start of a process to what it paints."""
    terminal = Terminal(words)
    try:
        return terminal.until(pattern) - terminal.began
    finally:
        terminal.close()


def measure_start(rounds: int) -> bool:
    """Print first paints; whether they are within the budget."""
    ours = [sys.executable, "-m", "appo_tui", SAMPLES]
    empty, painted, tree = [], [], []
    for _ in range(rounds):
        empty.append(first_paint([sys.executable, "-c", EMPTY_APP], PAINTED))
        painted.append(first_paint(ours, PAINTED))
        tree.append(first_paint(ours, b"Lamp::Db"))
    ratio = statistics.median(mine / theirs for mine, theirs in zip(painted, empty, strict=True))
    print(f"empty Textual app, first paint   {min(empty) * 1000:6.0f} ms")
    print(f"appo on the samples, first paint {min(painted) * 1000:6.0f} ms, {ratio:.2f} of it (budget 2)")
    print(f"appo on the samples, the tree    {min(tree) * 1000:6.0f} ms")
    return ratio <= BUDGET_START


def key_to_paint(terminal: Terminal, seconds: float) -> list[float]:
    """Milliseconds from key to paint, of characters typed behind ``:`` for a while."""
    taken: list[float] = []
    ends = time.perf_counter() + seconds
    terminal.send(":")
    terminal.watch(1.0)
    while time.perf_counter() < ends:
        word = ""
        for letter in "zqxjvwk":
            word += letter
            terminal.send(letter)
            sent = time.perf_counter()
            taken.append((terminal.until(word.encode(), 10.0) - sent) * 1000)
            terminal.watch(0.05)
        terminal.send("\x15")  # clears the line
        terminal.watch(0.2)
    terminal.send("\x1b")
    terminal.watch(1.0)
    return taken


def measure_log(rate: int, seconds: float) -> bool:
    """Print key to paint, idle and under load; whether it is within the budget and no line was lost."""
    with tempfile.TemporaryDirectory() as directory:
        url = f"sqlite:///{directory}/store.sqlite"
        job = _make_job(url)
        words = [sys.executable, "-m", "appo_tui", "--store", url, SAMPLES]
        terminal = Terminal(words, {"XDG_STATE_HOME": directory, "XDG_CONFIG_HOME": directory})
        try:
            terminal.until(b"Lamp::Db")
            before = terminal.processor_seconds()
            terminal.watch(5.0)
            idle_share = (terminal.processor_seconds() - before) / 5.0
            terminal.send(f":{job}")
            terminal.watch(0.3)
            terminal.send("\r")
            terminal.until(b"all nodes")
            terminal.send("\t")
            terminal.watch(1.0)
            idle = key_to_paint(terminal, 5.0)
            words = [sys.executable, "-m", "bench.tui", "--generate", url, str(job), str(rate), str(seconds)]
            generator = subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=ROOT)
            terminal.watch(1.0)
            loaded = key_to_paint(terminal, seconds - 2.0)
            written = int(generator.communicate()[0])
            shown = _shown_lines(terminal, written)
            memory = terminal.memory()
        finally:
            terminal.close()
    p95 = _p95(loaded)
    print(f"idle: {idle_share:.2%} of a core")
    print(f"key to paint, idle           median {statistics.median(idle):5.1f} ms, p95 {_p95(idle):5.1f} ms")
    print(f"key to paint, {rate:,} lines/s median {statistics.median(loaded):5.1f} ms, p95 {p95:5.1f} ms "
          f"({len(loaded)} keys, none lost; budget {BUDGET_P95_MS:.0f})")  # fmt: skip
    print(f"lines written {written:,} ({written / seconds:,.0f}/s), shown {shown:,}; memory {memory} MB")
    return p95 <= BUDGET_P95_MS and shown == written


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


def _shown_lines(terminal: Terminal, written: int) -> int:
    deadline = time.perf_counter() + 60.0
    shown = 0
    while shown < written and time.perf_counter() < deadline:
        found = COUNT.findall(terminal.watch(1.0))
        if found:
            shown = sum(int(each.replace(b",", b"") or 0) for each in found[-1])
        terminal.send("\t" * 5)
    return shown


def _make_job(url: str) -> int:
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
    """Write log lines into a store at a rate, as a runner does; returns how many."""
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
    text = "/Stage[main]/Lamp::Db[app1]/File[/etc/mysql/my.cnf]/content: content changed '{md5}0' to '{md5}"
    lines_in_write = rate // WRITES_A_SECOND
    written, began = 0, time.perf_counter()
    while written < rate * seconds:
        count = min(LINES_IN_CHUNK, lines_in_write)
        chunks: list[AnyEvent] = []
        for number in range(lines_in_write // count):
            name = names[number % NODES]
            log = progress.nodes[name].log_lines + 1 + number // NODES * count
            lines = tuple(
                LogLine(time.time(), "stdout", "notice", "Puppet", f"{text}{n}'") for n in range(count)
            )
            chunks.append(LogChunk(node=name, attempt=1, first=log, lines=lines))
            written += count
        write(chunks)
        time.sleep(max(0.0, began + written / rate - time.perf_counter()))
    store.close()
    return written


def main() -> int:
    """Measures; returns 1 if a budget is exceeded."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7, help="starts of each program")
    parser.add_argument("--rate", type=int, default=100_000, help="log lines a second")
    parser.add_argument("--seconds", type=float, default=20.0, help="how long lines are written")
    parser.add_argument(
        "--generate", nargs=4, metavar=("URL", "JOB", "RATE", "SECONDS"), help=argparse.SUPPRESS
    )
    options = parser.parse_args()
    if options.generate:
        url, job, rate, seconds = options.generate
        print(generate(url, int(job), int(rate), float(seconds)))
        return 0
    within = [measure_start(options.rounds), measure_log(options.rate, options.seconds)]
    return 0 if all(within) else 1


if __name__ == "__main__":
    sys.exit(main())
