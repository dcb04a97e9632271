"""Nodes for tests: a home of their own, a stub for Puppet, and shells on them."""

from __future__ import annotations

import asyncio
import os
import select
import shlex
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from appo_tui.jobs.events import LogLine
from appo_tui.jobs.transport.nodes import NodeTransport, Patience
from appo_tui.jobs.transport.prepared import AvailabilityTest, Bundle, NodeHello, PreparedRun
from appo_tui.jobs.transport.protocol import NodeRun, Outcome
from appo_tui.jobs.transport.shell import Completed, LocalShell, Shell, Stream


@dataclass
class Script:
    """Prepares runs of the stub: ``steps`` are what it does, one a line."""

    steps: str = ""
    bundle: Bundle | None = None
    hidden: tuple[str, ...] = ()
    waits_for: tuple[AvailabilityTest, ...] = ()
    seen: list[NodeHello] = field(default_factory=list)

    def prepare(self, certname: str, hello: NodeHello) -> PreparedRun:
        self.seen.append(hello)
        lines = "".join(f"#!{step.strip()}\n" for step in self.steps.strip().splitlines())
        arguments = ("apply", "--lastrunreport={run}/report.yaml", "{run}/manifests")
        return PreparedRun(self.bundle, {"site.pp": lines.encode()}, arguments, self.hidden)

    def tests(self, certname: str) -> tuple[AvailabilityTest, ...]:
        return self.waits_for

    def command(self, certname: str) -> str:
        return f"puppet apply on {certname}"

    def delivers(self, certname: str) -> bool:
        return False

    def deliver(self, text: bytes) -> dict[str, dict[str, object]]:
        return {}

    def secrets(self, certname: str) -> tuple[str, ...]:
        return self.hidden


class HomeShell:
    """This machine's shell with another home and the stub in PATH."""

    def __init__(self, home: Path) -> None:
        directory = shlex.quote(str(home))
        self._prefix = f"HOME={directory} PATH={directory}/bin:$PATH; export HOME PATH; "
        self._shell = LocalShell()

    async def run(self, command: str, data: bytes = b"") -> Completed:
        return await self._shell.run(self._prefix + command, data)

    def stream(self, command: str, data: bytes = b"") -> Stream:
        return self._shell.stream(self._prefix + command, data)

    async def close(self) -> None:
        await self._shell.close()


@dataclass
class Homes:
    """Opens shells on a node that is a directory."""

    home: Path
    opened: int = 0

    async def open(self, certname: str) -> Shell:
        self.opened += 1
        return HomeShell(self.home)

    async def close(self) -> None:
        pass


def new_home(directory: Path) -> Path:
    """A home with the stub in its bin directory."""
    home = directory / "home"
    (home / "bin").mkdir(parents=True)
    stub = home / "bin" / "puppet"
    shutil.copy(Path(__file__).with_name("stub_puppet.sh"), stub)
    stub.chmod(0o755)
    return home


@dataclass
class Told:
    """What a run told: its lines, the offset behind them, and what it waited for."""

    lines: list[LogLine] = field(default_factory=list)
    offset: int = 0
    waited: list[str] = field(default_factory=list)
    news: asyncio.Event = field(default_factory=asyncio.Event)

    async def log(self, lines: tuple[LogLine, ...], offset: int) -> None:
        self.lines += lines
        self.offset = offset
        self.news.set()

    async def has(self, count: int) -> None:
        """Wait until there are so many lines."""
        while len(self.lines) < count:
            await self.news.wait()
            self.news.clear()

    async def waiting(self, message: str) -> None:
        self.waited.append(message)
        self.news.set()

    async def has_waited(self) -> None:
        """Wait until the run told that something holds it up."""
        while not self.waited:
            await self.news.wait()
            self.news.clear()

    @property
    def texts(self) -> list[str]:
        return [line.text for line in self.lines]


def transport(home: Path, script: Script) -> NodeTransport:
    """A transport to the one node in ``home``."""
    return NodeTransport(Homes(home), script, patience=Patience(1.0, 5.0))


def run_once(home: Path, script: Script, attempt: int = 1, **more: object) -> tuple[Outcome, Told]:
    """The outcome of an attempt, and what it told."""
    told = Told()
    run = NodeRun("k0", "web1.test", attempt, **more)  # type: ignore[arg-type]
    return asyncio.run(transport(home, script).run(run, told.log, told.waiting)), told


def alive(pid: int) -> bool:
    """Whether a process is there and no zombie."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()


def has_ended(pid: int) -> bool:
    """Whether a process is gone, or is within ten seconds: who sends a signal does not wait for its end."""
    try:
        process = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([process], [], [], 10.0)[0])
    finally:
        os.close(process)
