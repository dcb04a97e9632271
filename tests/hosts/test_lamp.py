"""The lamp sample on real hosts with Puppet 7: deployed, repeated, broken, and stopped."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Iterator
from typing import TypeAlias

import pytest

from tests.hosts.controller import Controller
from tests.hosts.testbed import Bed

pytestmark = pytest.mark.hosts
HOSTS = ("db1", "web1", "web2", "lb1", "db2", "web3")

Deployed: TypeAlias = tuple[str, subprocess.CompletedProcess[str]]

FIRST, SECOND = ("db1.test", "web1.test", "web2.test", "lb1.test"), ("db2.test", "web3.test")
SHARED_BALANCER = """Node['web3.test'] => Lamp::Web['app2-1'],
      Node['lb1.test']  => Lamp::Lb['app2'],"""
OWN_BALANCER = """Node['web3.test'] => [Lamp::Web['app2-1'], Lamp::Lb['app2']],"""


@pytest.fixture(scope="module")
def deployed(controller: Controller) -> Deployed:
    """Both instances, deployed by one job: its number, and what was said."""
    done = controller.run("job", "run", "--application", "Lamp")
    assert done.returncode == 0, done.stdout + done.stderr
    return controller.latest_job(), done


@pytest.fixture
def broken_database(bed: Bed) -> Iterator[None]:
    """The first instance's database node has lost its client program."""
    bed.run("db1", "mv /usr/bin/mariadb /usr/bin/mariadb.away; rm /etc/mysql/lamp-app1.loaded")
    yield
    bed.run("db1", "mv /usr/bin/mariadb.away /usr/bin/mariadb")


@pytest.fixture
def held_database(bed: Bed) -> Iterator[None]:
    """The first instance's database is not done with its script until /run/go is there."""
    waits = "#!/bin/sh\\nwhile [ ! -e /run/go ]; do sleep 0.1; done\\nexec /usr/bin/mariadb.away \"$@\"\\n"
    bed.run("db1", "mv /usr/bin/mariadb /usr/bin/mariadb.away; rm -f /etc/mysql/lamp-app1.loaded")
    bed.run("db1", f"printf '{waits}' > /usr/bin/mariadb; chmod 755 /usr/bin/mariadb")
    yield
    bed.run("db1", "touch /run/go; mv /usr/bin/mariadb.away /usr/bin/mariadb")


def page(bed: Bed, port: int) -> str:
    return bed.run("lb1", f"curl --silent --show-error http://lb1.test:{port}/").stdout


def states(controller: Controller, job: str) -> dict[str, str]:
    return {certname: node["state"] for certname, node in controller.nodes_of(job).items()}


def test_the_service_works_after_one_pass(bed: Bed, deployed: object) -> None:
    answer = page(bed, 80)
    assert "Hello from app1" in answer
    assert "Read from db1.test by web" in answer


def test_both_web_servers_take_their_turn(bed: Bed, deployed: object) -> None:
    pages = "".join(page(bed, 80) for _ in range(20))
    assert "by web1" in pages
    assert "by web2" in pages


def test_two_instances_share_a_node(bed: Bed, deployed: object) -> None:
    assert "Hello from app2" in page(bed, 8080)


def test_producers_finish_before_their_consumers_start(controller: Controller, deployed: Deployed) -> None:
    events = controller.json("job", "events", deployed[0])["items"]
    order = [(event["type"], event["details"].get("node")) for event in events]

    def at(kind: str, certname: str) -> int:
        return order.index((kind, certname))

    for producer, consumer in [
        ("db1.test", "web1.test"), ("db1.test", "web2.test"), ("web1.test", "lb1.test"),
        ("web2.test", "lb1.test"), ("db2.test", "web3.test"), ("web3.test", "lb1.test"),
    ]:  # fmt: skip
        assert at("node_finished", producer) < at("node_running", consumer)


def test_the_run_is_told_as_the_orchestrator_told_it(deployed: Deployed) -> None:
    said = deployed[1].stdout
    assert "Started puppet run on db1.test ..." in said
    assert "Finished puppet run on lb1.test - Success!" in said
    assert "Success! 6/6 runs succeeded." in said


def test_no_password_is_shown_or_kept(controller: Controller, deployed: Deployed) -> None:
    assert "sample-password" not in deployed[1].stdout + deployed[1].stderr
    kept = [path for path in (controller.home / ".local").rglob("*") if path.is_file()]
    assert [path for path in kept if b"sample-password" in path.read_bytes()] == []


def test_the_same_job_again_changes_nothing(controller: Controller, deployed: object) -> None:
    assert controller.run("job", "run", "--application", "Lamp").returncode == 0
    changes = controller.changes_in(controller.latest_job())
    assert changes == dict.fromkeys([*FIRST, *SECOND], 0)


def test_a_failing_database_skips_its_own_instance_only(
    controller: Controller, deployed: object, broken_database: None
) -> None:
    controller.edit("site.pp", SHARED_BALANCER, OWN_BALANCER)
    done = controller.run("job", "run", "--application", "Lamp")
    controller.edit("site.pp", OWN_BALANCER, SHARED_BALANCER)
    job = controller.latest_job()
    assert done.returncode == 1
    assert states(controller, job) == {
        "db1.test": "failed", "web1.test": "skipped", "web2.test": "skipped", "lb1.test": "skipped",
        "db2.test": "finished", "web3.test": "finished",
    }  # fmt: skip
    nodes = controller.nodes_of(job)
    for skipped in ("web1.test", "web2.test", "lb1.test"):
        assert "db1.test" in nodes[skipped]["details"]["message"]


def test_a_stopped_job_finishes_what_runs_and_starts_nothing_more(
    bed: Bed, controller: Controller, deployed: object, held_database: None
) -> None:
    said = []
    with controller.start("job", "run", "--application", "Lamp[app1]") as running:
        assert running.stdout is not None
        for line in running.stdout:
            said.append(line)
            if line.startswith("Started puppet run on db1.test"):
                running.send_signal(signal.SIGINT)
            if line.startswith("Stopping job"):
                bed.run("db1", "touch /run/go")
    assert running.returncode == 130, "".join(said)
    job = controller.latest_job()
    assert controller.json("job", "show", job)["state"] == "stopped"
    assert states(controller, job) == {
        "db1.test": "finished", "web1.test": "skipped", "web2.test": "skipped", "lb1.test": "skipped",
    }  # fmt: skip
    assert "stopped" in controller.nodes_of(job)["web1.test"]["details"]["message"]
