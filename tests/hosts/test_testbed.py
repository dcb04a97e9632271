"""The bed itself: what the other tests on real hosts rely on."""

from __future__ import annotations

import subprocess

import pytest

from tests.hosts.testbed import Bed

pytestmark = pytest.mark.hosts
HOSTS = ("db1", "old1@bullseye", "new1@trixie")


def over_ssh(bed: Bed, name: str, command: str) -> subprocess.CompletedProcess[str]:
    words = ["ssh", "-F", str(bed.places.ssh_config), "-o", "ConnectTimeout=5", name, command]
    return subprocess.run(words, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(("name", "version"), [("old1", "5.5."), ("db1", "7."), ("new1", "8.")])
def test_each_suite_brings_its_puppet(bed: Bed, name: str, version: str) -> None:
    assert over_ssh(bed, name, "puppet --version").stdout.startswith(version)


@pytest.mark.parametrize("name", HOSTS)
def test_a_host_knows_its_full_name(bed: Bed, name: str) -> None:
    short = name.split("@")[0]
    assert over_ssh(bed, f"{short}.test", "hostname --fqdn").stdout == f"{short}.test\n"


def test_a_host_reaches_its_neighbours_by_name(bed: Bed) -> None:
    answer = over_ssh(bed, "db1", "exec 3<>/dev/tcp/new1.test/22; head -c 4 <&3")
    assert answer.stdout == "SSH-"


def test_a_host_that_was_powered_off_refuses_and_keeps_its_files(bed: Bed) -> None:
    over_ssh(bed, "db1", "echo kept > /root/note")
    bed.kill("db1")
    assert not bed.alive("db1")
    assert "refused" in over_ssh(bed, "db1", "true").stderr
    bed.start("db1")
    assert over_ssh(bed, "db1", "cat /root/note").stdout == "kept\n"


def test_a_cut_cable_is_felt_on_the_hosts_network_only(bed: Bed) -> None:
    knock = [*bed.in_switch(), "bash", "-c", f"exec 3<>/dev/tcp/{bed.hosts['new1'].ip}/22"]
    subprocess.run(knock, check=True)
    bed.cut("new1")
    assert subprocess.run(["timeout", "1", *knock], check=False, stderr=subprocess.DEVNULL).returncode
    assert over_ssh(bed, "new1", "true").returncode == 0
    bed.heal("new1")


def test_one_host_does_not_see_another_hosts_files(bed: Bed) -> None:
    bed.run("db1", "echo mine > /root/secret")
    assert bed.run("old1", "cat /root/secret").returncode
