"""Agent mode against a real Puppet server that has the language: 5.5."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator

import pytest

from tests.hosts.controller import Controller
from tests.hosts.environment_user import ENVIRONMENTS, user_of
from tests.hosts.testbed import Bed

pytestmark = pytest.mark.hosts
HOSTS = ("server@bullseye", "first@bullseye", "then@bullseye")
SERVED = "/etc/puppet/code/environments/production"
STAND_IN = """
# Instead of a PuppetDB: the service resource is always there.
module Puppet::Util::Puppetdb
  def self.query_puppetdb(_query)
    [{ 'type' => 'Stage_done', 'title' => 'one', 'tags' => ['producer:production'],
       'parameters' => {}, 'certname' => 'first.test' }]
  end
end
"""
SETTINGS = "[main]\nserver = server.test\n[master]\nautosign = true\ncertname = server.test\n"


@pytest.fixture(scope="module")
def user(bed: Bed, tmp_path_factory: pytest.TempPathFactory) -> Controller:
    """A user of a server that serves the same environment, and of two agents that have certificates."""
    packed = subprocess.run(
        ["tar", "-c", "-C", str(ENVIRONMENTS / "served"), "."], capture_output=True, check=True
    ).stdout
    unpack = f"mkdir -p {SERVED} && tar -x -C {SERVED}"
    subprocess.run([*bed.enter_command("server"), "/bin/sh", "-c", unpack], input=packed, check=True)
    served_type = f"{SERVED}/modules/served/lib/puppet/type/stage_done.rb"
    stand_in = [*bed.enter_command("server"), "/bin/sh", "-c", f"cat >>{served_type}"]
    subprocess.run(stand_in, input=STAND_IN.encode(), check=True)
    for name in HOSTS:
        bed.run(name.split("@")[0], f"printf '{SETTINGS}' >/etc/puppet/puppet.conf")
    started = bed.run("server", "puppet master --verbose --logdest /var/log/puppet-master.log")
    assert started.returncode == 0, started.stderr
    for name in ("first", "then"):
        done = bed.run(name, "puppet agent --test --noop --waitforcert 2")
        assert done.returncode == 0, done.stdout + done.stderr
    return user_of(bed, tmp_path_factory.mktemp("home"), "served")


@pytest.fixture
def says_no(bed: Bed) -> Iterator[None]:
    bed.run("first", "touch /etc/say-no")
    yield
    bed.run("first", "rm /etc/say-no")


def run(user: Controller, *more: str) -> tuple[str, int]:
    done = user.run("job", "run", "--all", "--mode", "agent", *more)
    return user.latest_job(), done.returncode


def states(user: Controller, job: str) -> dict[str, str]:
    return {name: node["state"] for name, node in user.nodes_of(job).items()}


def said(user: Controller, job: str) -> str:
    return "".join(user.run("job", "log", job, "--node", f"{name}.test").stdout for name in ("first", "then"))


def test_no_op_changes_nothing(bed: Bed, user: Controller) -> None:
    job, code = run(user, "--noop")
    assert code == 0, (states(user, job), said(user, job))
    assert bed.run("first", "cat /etc/served").returncode != 0


def test_the_agents_run_in_order(bed: Bed, user: Controller) -> None:
    job, code = run(user)
    assert code == 0, (states(user, job), said(user, job))
    assert bed.run("first", "cat /etc/served").stdout == "first\n"
    assert bed.run("then", "cat /etc/served").stdout == "then\n"
    items = user.json("job", "events", job)["items"]
    events = [(each["type"], each["details"].get("node")) for each in items]
    assert events.index(("node_finished", "first.test")) < events.index(("node_running", "then.test"))


def test_a_failed_agent_skips_those_that_depend_on_it(user: Controller, says_no: None) -> None:
    job, code = run(user)
    assert code == 1
    assert states(user, job) == {"first.test": "failed", "then.test": "skipped"}
