"""Jobs outlive faults: no line is lost or doubled, and never do two Puppets of one job run on a node.

Puppet is a stand-in that waits in the middle of its run (paced_puppet.sh); sshd, network and store are
real. APPO_FAULT_SEED seeds the moments at which runners are killed, APPO_FAULT_KILLS says how many.
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from tests.hosts import paced
from tests.hosts.controller import ROOT, Controller
from tests.hosts.paced import LINES, NO_RUN, Job, forget_runs, user_of_paced
from tests.hosts.testbed import Bed

pytestmark = pytest.mark.hosts
HOSTS = paced.HOSTS
SEED = int(os.environ.get("APPO_FAULT_SEED", "1"))
KILLS = int(os.environ.get("APPO_FAULT_KILLS", "1"))
END_SESSIONS = """for each in /proc/[0-9]*; do
    grep -qs sshd $each/comm && [ $each != /proc/1 ] && kill -9 ${each#/proc/}
done"""


@pytest.fixture(scope="module")
def user(bed: Bed, tmp_path_factory: pytest.TempPathFactory) -> Controller:
    return user_of_paced(bed, tmp_path_factory.mktemp("home"))


@pytest.fixture
def job(bed: Bed, user: Controller) -> Iterator[Job]:
    """A job whose first node is in the middle of its run."""
    forget_runs(bed)
    done = user.run("job", "run", "--all", "--detach")
    assert done.returncode == 0, done.stdout + done.stderr
    yield from _job(bed, user)


@pytest.fixture
def job_on_their_network(bed: Bed, user: Controller) -> Iterator[Job]:
    """The same, its runner on the hosts' own network, where a cable that is cut is felt."""
    forget_runs(bed)
    config = user.home / ".ssh" / "config"
    usual = config.read_text()
    hosts = bed.hosts.values()
    direct = "".join(f"Host {host.certname}\n  HostName {host.ip}\n  Port 22\n" for host in hosts)
    config.write_text(direct + usual)
    words = [*bed.in_switch(), sys.executable, "-m", "appo_tui", "job", "run", "--all", "--detach"]
    packages = f"{ROOT}:{ROOT / 'grammar'}"
    environment = {"PATH": os.environ["PATH"], "HOME": str(user.home), "PYTHONPATH": packages}
    subprocess.run(words, cwd=user.environment, env=environment, check=True, stdout=subprocess.DEVNULL)
    yield from _job(bed, user)
    config.write_text(usual)


def _job(bed: Bed, user: Controller) -> Iterator[Job]:
    made = Job(bed, user)
    made.until(lambda: made.progress.nodes["first.test"].log_lines >= 40)
    yield made
    made.store.close()


def test_killed_connections_are_made_again(bed: Bed, job: Job) -> None:
    bed.run("first", END_SESSIONS)
    job.until(job.waits)
    job.ends_well()


def test_a_node_that_was_frozen_goes_on(bed: Bed, job: Job) -> None:
    bed.freeze("first")
    job.until(job.waits)
    bed.thaw("first")
    job.ends_well()


def test_a_cut_cable_costs_no_line(bed: Bed, job_on_their_network: Job) -> None:
    bed.cut("first")
    job_on_their_network.until(job_on_their_network.waits)
    bed.heal("first")
    job_on_their_network.ends_well()


def test_a_run_that_a_power_cut_ended_gets_a_numbered_attempt(bed: Bed, job: Job) -> None:
    bed.kill("first")
    bed.start("first")
    job.ends_well(attempts=2)
    assert [line.text for line in job.store.log(job.number, "first.test", attempt=1)][:40] == LINES[:40]


def test_a_locked_store_is_waited_for(bed: Bed, job: Job) -> None:
    lock = sqlite3.connect(job.file, isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")
    job.go_on()
    job.until(lambda: bed.run("first", "cat /root/done").returncode == 0)
    lock.execute("ROLLBACK")
    lock.close()
    job.ends_well()


def job_that_need_not_wait(bed: Bed, user: Controller) -> Job:
    for name in HOSTS:
        bed.run(name, f"{NO_RUN}; touch /run/go")
    done = user.run("job", "run", "--all", "--detach")
    assert done.returncode == 0, done.stdout + done.stderr
    return Job(bed, user)


@pytest.fixture(scope="module")
def undisturbed(bed: Bed, user: Controller) -> float:
    """Seconds of a job that nothing happens to."""
    job = job_that_need_not_wait(bed, user)
    began = time.monotonic()
    job.has_each_line_once()
    job.store.close()
    return time.monotonic() - began


@pytest.mark.faults
@pytest.mark.parametrize("number", range(KILLS))
def test_a_job_whose_runner_was_killed_is_resumed(
    bed: Bed, user: Controller, undisturbed: float, number: int
) -> None:
    """Kills at any moment of a job: while it connects, sends, begins, follows or concludes."""
    after = random.Random(SEED * 1000 + number).uniform(0.0, undisturbed)
    job = job_that_need_not_wait(bed, user)
    moment = time.monotonic() + after
    job.until(lambda: time.monotonic() >= moment or job.progress.state.ended)
    runner = job.runner()
    if runner is not None:
        os.kill(runner, signal.SIGKILL)
    job.until(lambda: not job.store.job(job.number).summary.runner_alive)
    if not job.progress.state.ended:
        resumed = user.run("job", "resume", str(job.number))
        assert resumed.returncode == 0, resumed.stdout + resumed.stderr
    job.has_each_line_once()
    assert [job.runs(name) for name in HOSTS] == [1, 1]
    job.store.close()
