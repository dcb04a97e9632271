"""Jobs whose Puppet waits in the middle of its run (paced_puppet.sh), and what must be true at their end."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from appo_tui.jobs.events import AnyEvent, NodeRunning, NodeWaiting
from appo_tui.jobs.progress import JobProgress
from appo_tui.jobs.store import open_store
from tests.hosts.controller import Controller
from tests.hosts.environment_user import user_of
from tests.hosts.testbed import Bed

HOSTS = ("first", "then")
CERTNAMES = ("first.test", "then.test")
LONGEST = 120.0
LINES = [f"line {number}" for number in range(1, 61)]
NO_RUN = "rm -f /root/starts /root/twice /root/done /run/go"


def user_of_paced(bed: Bed, home: Path) -> Controller:
    """A user of the hosts, which have the stand-in for Puppet."""
    stub = (Path(__file__).parent / "paced_puppet.sh").read_text()
    for name in HOSTS:
        place = "cat >/usr/local/bin/puppet && chmod 755 /usr/local/bin/puppet"
        subprocess.run([*bed.enter_command(name), "/bin/sh", "-c", place], input=stub, text=True, check=True)
    return user_of(bed, home, "paced")


def forget_runs(bed: Bed) -> None:
    """Have the hosts wait in the middle of the next run."""
    for name in HOSTS:
        bed.run(name, NO_RUN)


class Job:
    """The latest job of a user, as its store has it."""

    def __init__(self, bed: Bed, user: Controller) -> None:
        self.bed = bed
        self.user = user
        self.file = user.home / ".local/state/appo-tui/jobs.sqlite"
        self.store = open_store(f"sqlite:///{self.file}")
        self.number = self.store.jobs(limit=1)[0].id

    @property
    def progress(self) -> JobProgress:
        return self.store.progress(self.number)

    @property
    def events(self) -> tuple[AnyEvent, ...]:
        return self.store.events(self.number)

    def until(self, condition: Callable[[], bool]) -> None:
        """Wait until something is so; there is nothing that tells of it."""
        end = time.monotonic() + LONGEST
        while not condition():
            assert time.monotonic() < end, self.progress
            time.sleep(0.05)

    def waits(self) -> bool:
        """Whether the runner has noticed that it lost a node."""
        said = [event.message for event in self.events if isinstance(event, NodeWaiting)]
        return any("trying again" in message for message in said)

    def go_on(self) -> None:
        for name in HOSTS:
            self.bed.run(name, "touch /run/go")

    def ends_well(self, attempts: int = 1) -> None:
        """The job finishes after so many attempts at its first node, each of which began a run."""
        self.go_on()
        self.has_each_line_once()
        starts = [event for event in self.events if isinstance(event, NodeRunning)]
        assert [event.attempt for event in starts if event.node == "first.test"] == [*range(1, attempts + 1)]
        assert self.runs("first") == attempts

    def has_each_line_once(self) -> None:
        """The job finishes, each line of its nodes' last attempts is there once, no two runs met."""
        self.until(lambda: self.progress.state.ended)
        nodes = self.progress.nodes.items()
        states = {name: (node.state.value, node.message) for name, node in nodes}
        assert {state for state, _ in states.values()} == {"finished"}, states
        for name in CERTNAMES:
            said = [line.text for line in self.store.log(self.number, name) if line.stream != "appo"]
            assert said == LINES
        for name in HOSTS:
            assert self.bed.run(name, "cat /root/twice").returncode != 0
        sequence = [event.sequence for event in self.events]
        assert sequence == list(range(1, len(sequence) + 1))

    def runs(self, host: str) -> int:
        """How many runs began on a host."""
        return len(self.bed.run(host, "cat /root/starts").stdout.split())

    def runner(self) -> int | None:
        """The pid of the job's runner, None if there is none any more."""
        for process in Path("/proc").glob("[0-9]*"):
            try:
                words = (process / "cmdline").read_bytes()
                mine = f"HOME={self.user.home}\0".encode() in (process / "environ").read_bytes()
            except OSError:
                continue
            if b"appo_tui.jobs.runner" in words and mine:
                return int(process.name)
        return None
