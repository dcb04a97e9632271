"""A program on a pseudo-terminal, and how soon it paints what a key does."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import statistics
import struct
import termios
import time
from pathlib import Path

VARIABLES = {
    "TERM": "xterm-256color",
    "COLORTERM": "truecolor",
    "PYTHONDONTWRITEBYTECODE": "",  # the second start finds the program compiled, as an installation is
}
CONTROL = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|.)")


class Terminal:
    """A program on a pseudo-terminal of 120 columns and 40 rows."""

    def __init__(self, words: list[str], environment: dict[str, str] | None = None) -> None:
        self.began = time.perf_counter()
        self.process, self._file = pty.fork()
        if self.process == 0:
            os.environ.update({**VARIABLES, **(environment or {})})
            os.execvp(words[0], words)
        fcntl.ioctl(self._file, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        self._seen = self._kept = b""

    def send(self, keys: str) -> None:
        """Press keys; what was painted before counts no more."""
        self._kept = (self._kept + self._seen)[-300_000:]
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

    def painted(self) -> bytes:
        """What was painted since this was last asked, without control sequences."""
        painted, self._kept = CONTROL.sub(b"", self._kept + self._seen), b""
        return painted

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


def first_paint(
    words: list[str], pattern: re.Pattern[bytes] | bytes, environment: dict[str, str] | None = None
) -> float:
    """Seconds from the start of a process to what it paints."""
    terminal = Terminal(words, environment)
    try:
        return terminal.until(pattern) - terminal.began
    finally:
        terminal.close()


def key_to_paint(terminal: Terminal, seconds: float) -> list[float]:
    """Milliseconds from key to paint, of characters typed behind ``:`` for a while.

    A key is there when the terminal was sent the word that it ends.
    """
    ends = time.perf_counter() + seconds
    terminal.send(":")
    terminal.watch(1.0)
    taken: list[float] = []
    while time.perf_counter() < ends:
        taken += typed(terminal, "zqxjvwk", pause=0.05)
        terminal.send("\x15")  # clears the line
        terminal.watch(0.2)
    terminal.send("\x1b")
    terminal.watch(1.0)
    return taken


def typed(terminal: Terminal, word: str, *, pause: float = 0.0) -> list[float]:
    """Milliseconds from key to paint of each letter of a word that is typed into a line."""
    taken: list[float] = []
    for end in range(1, len(word) + 1):
        sent = time.perf_counter()
        terminal.send(word[end - 1])
        taken.append((terminal.until(word[:end].encode(), 20.0) - sent) * 1000)
        terminal.watch(pause)
    return taken


def p95(values: list[float]) -> float:
    """What nineteen of twenty values are below."""
    return statistics.quantiles(values, n=20)[-1]
