"""The smaller lamp instance on real hosts with Puppet 8, which can't read the language it is written in."""

from __future__ import annotations

import pytest

from tests.hosts.controller import Controller
from tests.hosts.testbed import Bed

pytestmark = pytest.mark.hosts
HOSTS = ("db2@trixie", "web3@trixie", "lb1@trixie")

SHARED_BALANCER = "Node['lb1.test']  => Lamp::Lb['app1'],"


def test_one_pass_is_enough_and_a_second_changes_nothing(bed: Bed, controller: Controller) -> None:
    controller.edit("site.pp", SHARED_BALANCER, "Node['lb9.test']  => Lamp::Lb['app1'],")
    done = controller.run("job", "run", "--application", "Lamp[app2]")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Hello from app2" in bed.run("lb1", "curl --silent --show-error http://lb1.test:8080/").stdout
    assert controller.run("job", "run", "--application", "Lamp[app2]").returncode == 0
    changes = controller.changes_in(controller.latest_job())
    assert changes == {"db2.test": 0, "web3.test": 0, "lb1.test": 0}
