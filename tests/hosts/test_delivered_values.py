"""Values that only the producing node can compute reach its consumers, through the job."""

from __future__ import annotations

import hashlib
import os
import signal

import pytest

from appo_tui.jobs.states import NodeState
from tests.hosts.controller import Controller
from tests.hosts.environment_user import user_of
from tests.hosts.paced import Job
from tests.hosts.testbed import Bed

pytestmark = pytest.mark.hosts
HOSTS = ("maker@bullseye", "middle@trixie", "user")
CERTNAMES = ("maker.test", "middle.test", "user.test")


def computed(word: str) -> str:
    return f"{word}-{hashlib.sha256(f'only here{word}'.encode()).hexdigest()[:12]}"


@pytest.fixture(scope="module")
def user(bed: Bed, tmp_path_factory: pytest.TempPathFactory) -> Controller:
    for host in ("maker", "middle"):
        bed.run(host, "printf 'only here' >/etc/seed")
    return user_of(bed, tmp_path_factory.mktemp("home"), "computed")


@pytest.fixture(scope="module")
def job(user: Controller) -> str:
    done = user.run("job", "run", "--all")
    assert done.returncode == 0, done.stdout + done.stderr + user.run("job", "log", user.latest_job()).stdout
    return user.latest_job()


def test_what_a_function_of_a_module_computes_is_unknown_before_the_run(user: Controller) -> None:
    shown = user.json("node", "show", "user.test")
    assert [word.keys() for word in shown["consumes"]["Relay[computed-one]"]["words"]] == [{"unknown"}] * 2


def test_the_producing_nodes_puppet_computes_it_and_the_consumers_get_it(bed: Bed, job: str) -> None:
    expected = f"3 {computed('w')},{computed('t')}"
    assert bed.run("user", "cat /etc/computed").stdout == expected


def test_a_computed_secret_reaches_the_consumer_and_is_not_kept(
    bed: Bed, user: Controller, job: str
) -> None:
    secret = computed("s-3")
    assert bed.run("user", "cat /etc/computed-token").stdout == secret
    kept = [path for path in (user.home / ".local").rglob("*") if path.is_file()]
    assert [path for path in kept if secret.encode() in path.read_bytes()] == []
    assert kept


@pytest.mark.parametrize(("host", "instance"), [("maker", "old"), ("middle", "new")])
def test_components_of_one_node_get_what_another_of_them_computes(
    bed: Bed, job: str, host: str, instance: str
) -> None:
    told = f"alone-{instance} on {host}.test,size 5"
    assert bed.run(host, "cat /etc/computed").stdout == f"4 {computed('w')},{computed('t')},{told}"
    assert bed.run(host, "cat /etc/computed-token").stdout == computed("s-4")


def test_values_of_a_node_outside_the_target_are_those_that_it_delivered_last(
    user: Controller, bed: Bed, job: str
) -> None:
    bed.run("maker", "printf 'another' >/etc/seed")
    planned = user.run("job", "plan", "--nodes", "middle.test").stdout
    assert "Vault[computed-one] has the values that maker.test delivered " in planned
    done = user.run("job", "run", "--nodes", "middle.test")
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"(job {job}); maker.test does not run in this job." in done.stdout
    shown = user.run("node", "show", "user.test").stdout
    assert "from Computed::Maker[one] on maker.test  (last told " in shown


def test_a_secret_is_read_again_from_the_run_that_computed_it(bed: Bed, user: Controller, job: str) -> None:
    bed.run("user", "rm /etc/computed-token")
    done = user.run("job", "run", "--nodes", "user.test")
    assert done.returncode == 0, done.stdout + done.stderr
    assert bed.run("user", "cat /etc/computed-token").stdout == computed("s-3")


def test_a_secret_that_no_run_has_any_more_errors_the_node_that_needs_it(
    bed: Bed, user: Controller, job: str
) -> None:
    bed.run("maker", "rm -rf /root/.appo-tui/runs/*")
    assert user.run("job", "run", "--nodes", "user.test").returncode == 1
    node = user.nodes_of(user.latest_job())["user.test"]
    assert node["state"] == "errored"
    assert "token" in node["details"]["message"]


WAITING = """\
#!/bin/sh
while [ "$1" = --version ] && [ ! -e /run/go ]; do sleep 0.1; done
exec /usr/bin/puppet "$@"
"""


def killed(job: Job) -> None:
    """Kill a job's runner, and wait until it counts as gone."""
    runner = job.runner()
    assert runner is not None
    os.kill(runner, signal.SIGKILL)
    job.until(lambda: not job.store.job(job.number).summary.runner_alive)


def test_a_resumed_job_hands_on_what_runs_of_its_earlier_runners_computed(
    bed: Bed, user: Controller, job: str
) -> None:
    bed.run("maker", "printf 'only here' >/etc/seed")
    written = "rm -f /etc/computed /etc/computed-token"
    for host in ("maker", "middle", "user"):
        bed.run(host, written)
    bed.run("user", f"printf '{WAITING}' >/usr/local/bin/puppet; chmod 755 /usr/local/bin/puppet")
    assert user.run("job", "run", "--all", "--detach").returncode == 0
    resumed = Job(bed, user)
    resumed.until(lambda: bool(resumed.progress.nodes["maker.test"].attempts))
    killed(resumed)  # the producer is running, or about to
    assert user.run("job", "resume", str(resumed.number), "--detach").returncode == 0
    states = [NodeState.FINISHED] * 2
    resumed.until(lambda: [resumed.progress.nodes[name].state for name in CERTNAMES[:2]] == states)
    killed(resumed)  # all that its last consumer needs was computed before
    bed.run("user", "touch /run/go")
    assert user.run("job", "resume", str(resumed.number)).returncode == 0
    resumed.until(lambda: resumed.progress.state.ended)
    nodes = resumed.progress.nodes
    resumed.store.close()
    assert {node.state for node in nodes.values()} == {NodeState.FINISHED}, nodes
    assert bed.run("user", "cat /etc/computed").stdout == f"3 {computed('w')},{computed('t')}"
    assert bed.run("user", "cat /etc/computed-token").stdout == computed("s-3")
    for host in ("maker", "middle"):
        assert bed.run(host, "cat /etc/computed-token").stdout == computed("s-4")
    kept = [path for path in (user.home / ".local").rglob("*") if path.is_file()]
    bed.run("user", "rm /usr/local/bin/puppet")
    assert [path for path in kept if computed("s-3").encode() in path.read_bytes()] == []
