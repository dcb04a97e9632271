"""What happens to the user's machine in mid-job: its terminal is killed, its disk is full."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.hosts import paced
from tests.hosts.controller import ROOT, Controller
from tests.hosts.paced import Job, forget_runs, user_of_paced
from tests.hosts.testbed import Bed
from tests.tui.terminal import Terminal

pytestmark = pytest.mark.hosts
HOSTS = paced.HOSTS


@pytest.fixture(scope="module")
def user(bed: Bed, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Controller]:
    """A user whose state lies on a disk of 16 megabytes."""
    made = user_of_paced(bed, tmp_path_factory.mktemp("home"))
    disk = made.home / ".local/state"
    disk.mkdir(parents=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(disk)], check=True)
    yield made
    subprocess.run(["umount", "--lazy", str(disk)], check=True)


@contextlib.contextmanager
def opened(user: Controller) -> Iterator[Terminal]:
    """The program on the user's environment, in a terminal of its own."""
    if not shutil.which("tmux"):
        pytest.skip("no tmux")
    terminal = Terminal(user.home / ".local/state", width=100, height=30, environment={})
    words = f"HOME={user.home} PYTHONPATH={ROOT}:{ROOT / 'grammar'} LC_ALL=C.UTF-8"
    terminal.type_line(f"clear; env {words} {sys.executable} -m appo_tui {user.environment}")
    try:
        yield terminal
    finally:
        with contextlib.suppress(subprocess.CalledProcessError):
            terminal.close()


def test_a_job_outlives_the_program_that_started_it_and_its_terminal(bed: Bed, user: Controller) -> None:
    forget_runs(bed)
    with opened(user) as terminal:
        terminal.sees("Paced[one]")
        terminal.press("P")
        terminal.sees("Node run order")
        terminal.press("r")
        terminal.sees("Run this job?")
        terminal.press("y")
        terminal.sees("job 1", "running")
        job = Job(bed, user)
        job.until(lambda: job.progress.nodes["first.test"].log_lines >= 40)
        terminal.vanish()
    with opened(user) as another:
        another.sees("Paced[one]")
        another.press("4")
        another.sees("running")
        another.press("Enter")
        another.sees("job 1", "first.test")
        another.press("Tab")
        another.sees("job 1", "running", "line 40")
        job.ends_well()
        another.sees("job 1", "finished", "line 60")
    job.store.close()


class Disk:
    """The disk of a user's state, filled to the last byte or not."""

    def __init__(self, user: Controller) -> None:
        self._filler = user.home / ".local/state/filler"

    def fill(self) -> None:
        with self._filler.open("wb", buffering=0) as file:
            for size in (65536, 4096, 1):
                with contextlib.suppress(OSError):
                    while True:
                        file.write(b"x" * size)

    def clear(self) -> None:
        self._filler.unlink(missing_ok=True)


@pytest.fixture
def disk(user: Controller) -> Iterator[Disk]:
    made = Disk(user)
    yield made
    made.clear()


@pytest.fixture
def job(bed: Bed, user: Controller) -> Iterator[Job]:
    """A job whose first node is in the middle of its run."""
    forget_runs(bed)
    done = user.run("job", "run", "--all", "--detach")
    assert done.returncode == 0, done.stdout + done.stderr
    made = Job(bed, user)
    made.until(lambda: made.progress.nodes["first.test"].log_lines >= 40)
    yield made
    made.store.close()


def states(user: Controller, job: Job) -> dict[str, str]:
    return {name: node["state"] for name, node in user.nodes_of(str(job.number)).items()}


def ended_on_the_first_node(bed: Bed, job: Job) -> None:
    """Let the first node's run end, which nobody can write down."""
    job.go_on()
    job.until(lambda: bed.run("first", "cat /root/done").returncode == 0)


def test_a_full_disk_halts_a_job_until_there_is_room(
    bed: Bed, user: Controller, job: Job, disk: Disk
) -> None:
    disk.fill()
    ended_on_the_first_node(bed, job)
    watching = user.run("job", "attach", str(job.number))
    assert f"The disk of {job.file.parent} is full" in watching.stderr
    assert states(user, job) == {"first.test": "running", "then.test": "new"}
    assert job.runs("then") == 0
    disk.clear()
    job.ends_well()


def test_a_runner_that_died_of_a_full_disk_leaves_a_job_that_can_be_resumed(
    bed: Bed, user: Controller, job: Job, disk: Disk
) -> None:
    disk.fill()
    ended_on_the_first_node(bed, job)
    runner = job.runner()
    assert runner is not None
    os.kill(runner, signal.SIGKILL)
    job.until(lambda: not job.store.job(job.number).summary.runner_alive)
    refused = user.run("job", "resume", str(job.number))
    assert refused.returncode != 0
    assert f"The disk of {job.file.parent} is full" in refused.stderr, refused
    assert states(user, job) == {"first.test": "running", "then.test": "new"}
    disk.clear()
    resumed = user.run("job", "resume", str(job.number))
    assert resumed.returncode == 0, resumed.stdout + resumed.stderr
    job.ends_well()
