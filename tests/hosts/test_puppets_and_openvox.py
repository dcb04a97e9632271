"""One job across Puppet 5.5, 7 and 8 and OpenVox 9: values flow from the oldest to the newest."""

from __future__ import annotations

import pytest

from tests.hosts.controller import Controller
from tests.hosts.environment_user import user_of
from tests.hosts.testbed import Bed

pytestmark = pytest.mark.hosts
HOSTS = ("old@bullseye", "mid", "new@trixie", "vox@forky")
CERTNAMES = ("NEW.test", "mid.test", "old.test", "vox.test")


@pytest.fixture(scope="module")
def user(bed: Bed, tmp_path_factory: pytest.TempPathFactory) -> Controller:
    """A user of these hosts; one has its Puppet where the vendors' packages put it."""
    away = "mkdir -p /opt/puppetlabs/bin && mv /usr/bin/puppet /opt/puppetlabs/bin/puppet"
    assert bed.run("new", away).returncode == 0
    return user_of(bed, tmp_path_factory.mktemp("home"), "mixed")


@pytest.fixture(scope="module")
def job(user: Controller) -> str:
    """The number of the job that made everything."""
    done = user.run("job", "run", "--all")
    assert done.returncode == 0, done.stdout + done.stderr + said(user)
    return user.latest_job()


def said(user: Controller) -> str:
    return "".join(user.run("job", "log", user.latest_job(), "--node", name).stdout for name in CERTNAMES)


def test_each_node_runs_its_own_puppet_in_one_job(user: Controller, job: str) -> None:
    assert {name: node["state"] for name, node in user.nodes_of(job).items()} == dict.fromkeys(
        CERTNAMES, "finished"
    )


def test_values_flow_from_the_oldest_puppet_to_the_newest(bed: Bed, job: str) -> None:
    assert bed.run("mid", "cat /etc/mixed-cache").stdout == "old.test:7077 5.5.22 128\n"
    assert bed.run("new", "cat /etc/mixed-front").stdout == "5.5.22 7.23.0 8.10.0 from mid.test\n"
    openvox = bed.run("vox", "puppet --version").stdout.strip()  # of a suite that still moves
    watched = bed.run("vox", "cat /etc/mixed-watch").stdout
    assert watched == f"5.5.22 7.23.0 8.10.0 {openvox} watches old.test\n"


def test_a_secret_reaches_its_file_only(bed: Bed, user: Controller, job: str) -> None:
    assert bed.run("new", "stat -c %a /etc/mixed-secret; cat /etc/mixed-secret").stdout == "600\ncanary-3f9a"
    assert "canary-3f9a" not in said(user)


def test_the_provider_of_a_type_asks_the_server_from_the_consuming_node(user: Controller, job: str) -> None:
    for certname in ("mid.test", "vox.test"):
        assert "depot at old.test says depot" in user.run("job", "log", job, "--node", certname).stdout


def test_a_node_block_and_the_rest_of_the_site_are_applied_too(bed: Bed, job: str) -> None:
    for name in ("old", "mid", "new", "vox"):
        assert bed.run(name, "cat /etc/mixed-base").stdout == "applied by a job\n"
    assert bed.run("old", "cat /etc/mixed-ordinary").stdout == "as ever\n"


def test_what_a_body_declares_with_old_attributes_is_applied(bed: Bed, job: str) -> None:
    assert bed.run("new", "cat /etc/mixed-inner").stdout == "inside\n"


def test_the_same_job_again_changes_nothing(user: Controller, job: str) -> None:
    done = user.run("job", "run", "--all")
    assert done.returncode == 0, done.stdout + done.stderr
    assert user.changes_in(user.latest_job()) == dict.fromkeys(CERTNAMES, 0), said(user)


def test_no_op_says_what_it_would_change_and_changes_nothing(bed: Bed, user: Controller, job: str) -> None:
    bed.run("mid", "echo changed >/etc/mixed-cache")
    assert user.run("job", "run", "--all", "--noop").returncode == 0
    assert bed.run("mid", "cat /etc/mixed-cache").stdout == "changed\n"
    assert user.nodes_of(user.latest_job())["mid.test"]["result"]["metrics"]["noop"] == 1
