"""Agent mode against a real server that has the language, Puppet 5.5, storing catalogs as in a PuppetDB."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.hosts.controller import Controller
from tests.hosts.environment_user import ENVIRONMENTS, user_of
from tests.hosts.testbed import Bed

pytestmark = pytest.mark.hosts
HOSTS = ("server@bullseye", "first@bullseye", "then@bullseye")
SERVED = "/etc/puppet/code/environments/production"
LONGEST = 240.0
RUBY = "/usr/lib/ruby/vendor_ruby"
LOCK = "/var/cache/puppet/state/agent_catalog_run.lock"
SETTINGS = "[main]\nserver = server.test\n[master]\nautosign = true\ncertname = server.test\n"
STORING = "storeconfigs = true\nstoreconfigs_backend = stand_in\n"


@pytest.fixture(scope="module")
def user(bed: Bed, tmp_path_factory: pytest.TempPathFactory) -> Controller:
    """A user of a server that serves the same environment, and of two agents that have certificates."""
    unpack(bed, ENVIRONMENTS / "served", SERVED)
    unpack(bed, ENVIRONMENTS.parent / "stand_in", RUBY)
    for name in HOSTS:
        bed.run(name.split("@")[0], f"printf '{SETTINGS}' >/etc/puppet/puppet.conf")
    bed.run("server", f"printf '{STORING}' >>/etc/puppet/puppet.conf")
    say(bed, "hello")
    started = bed.run("server", "puppet master --verbose --logdest /var/log/puppet-master.log")
    assert started.returncode == 0, started.stderr
    for name in ("first", "then"):
        done = bed.run(name, "puppet agent --test --noop --waitforcert 2")
        assert done.returncode == 0, done.stdout + done.stderr
    return user_of(bed, tmp_path_factory.mktemp("home"), "served")


def unpack(bed: Bed, source: Path, target: str) -> None:
    """Put the files of a directory below one of the server's."""
    packed = subprocess.run(["tar", "-c", "-C", str(source), "."], capture_output=True, check=True).stdout
    words = f"mkdir -p {target} && tar -x --no-same-owner -C {target}"
    subprocess.run([*bed.enter_command("server"), "/bin/sh", "-c", words], input=packed, check=True)


def say(bed: Bed, word: str) -> None:
    """Change the fact of the first agent that the other one's value is."""
    place = "/etc/facter/facts.d"
    bed.run("first", f"mkdir -p {place} && echo spoken={word} >{place}/spoken.txt")


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
    assert bed.run("first", "cat /etc/served").stdout == "first heard nothing\n"
    assert bed.run("then", "cat /etc/served").stdout == "then heard hello\n"
    items = user.json("job", "events", job)["items"]
    events = [(each["type"], each["details"].get("node")) for each in items]
    assert events.index(("node_finished", "first.test")) < events.index(("node_running", "then.test"))


def test_a_value_that_changed_arrives_in_the_same_job(bed: Bed, user: Controller) -> None:
    say(bed, "goodbye")
    job, code = run(user)
    assert code == 0, (states(user, job), said(user, job))
    assert bed.run("then", "cat /etc/served").stdout == "then heard goodbye\n"


def test_an_agent_run_in_progress_is_waited_for(bed: Bed, user: Controller) -> None:
    bed.run("first", "touch /etc/hold; rm /etc/served")
    bed.run("first", "setsid puppet agent --onetime --no-daemonize </dev/null >/dev/null 2>&1 &")
    until(lambda: bed.run("first", f"test -e {LOCK}").returncode == 0)
    before = user.latest_job()
    running = user.start("job", "run", "--all", "--mode", "agent")
    until(lambda: user.latest_job() != before)
    job = user.latest_job()
    until(lambda: "waits for the agent run that is in progress" in said(user, job))
    assert bed.run("first", "cat /etc/served").returncode != 0
    bed.run("first", "rm /etc/hold")
    output, errors = running.communicate()
    assert running.returncode == 0, output + errors
    assert states(user, job) == {"first.test": "finished", "then.test": "finished"}


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + LONGEST
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.1)


def test_a_failed_agent_skips_those_that_depend_on_it(user: Controller, says_no: None) -> None:
    job, code = run(user)
    assert code == 1
    assert states(user, job) == {"first.test": "failed", "then.test": "skipped"}
