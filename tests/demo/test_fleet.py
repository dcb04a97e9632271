from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncssh
import pytest
import yaml

from appo_tui.demo.places import DemoPlaces
from appo_tui.demo.presence import watch
from tests.cli.commands import SAMPLES, Program

SERVE = """
import asyncio
from appo_tui.demo.fleet import serve
from appo_tui.demo.places import demo_places
asyncio.run(serve(demo_places(), ("db1.test", "web1.test")))
"""


class Demo:
    """A fleet of two nodes, and logins to it."""

    def __init__(self, appo: Program) -> None:
        self.appo = appo
        self.places = DemoPlaces(appo.home / "state" / "appo-tui" / "demo", SAMPLES)

    def start(self) -> subprocess.Popen[str]:
        fleet = subprocess.Popen([sys.executable, "-c", SERVE], env=self.appo.variables, text=True)
        self.wait_until_up(fleet)
        return fleet

    def wait_until_up(self, fleet: subprocess.Popen[str]) -> None:
        while not (self.places.running.exists() and self.places.running.read_text()):
            assert fleet.poll() is None
            os.sched_yield()

    @contextmanager
    def watched(self) -> Iterator[None]:
        with watch(self.places):
            yield

    def target(self, certname: str) -> dict[str, str]:
        targets = yaml.safe_load(self.places.inventory.read_text())["targets"]
        found: dict[str, str] = next(each["config"]["ssh"] for each in targets if each["name"] == certname)
        return found

    def login(
        self, certname: str, command: str, data: bytes = b"", key: Path | None = None
    ) -> asyncssh.SSHCompletedProcess:
        async def run() -> asyncssh.SSHCompletedProcess:
            ssh = self.target(certname)
            keys = [str(key or ssh["private-key"])]
            options = {"username": ssh["user"], "client_keys": keys, "config": None}
            async with asyncssh.connect(
                ssh["host"], int(ssh["port"]), known_hosts=ssh["known-hosts"], **options
            ) as connection:
                return await connection.run(command, input=data, encoding=None)

        return asyncio.run(run())


@pytest.fixture
def demo(appo: Program) -> Demo:
    return Demo(appo)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A fleet that is up for all tests that only log in; at the end it goes because nobody needs it."""
    demo = Demo(Program(tmp_path_factory.mktemp("fleet")))
    with demo.watched():
        fleet = demo.start()
        yield demo
    assert fleet.wait(120) == 0


def test_a_login_has_the_nodes_own_directory_and_nothing_of_the_users(running: Demo) -> None:
    ran = running.login("web1.test", "pwd; hostname -f; puppet --version; env")
    said = bytes(ran.stdout or b"").decode().splitlines()  # type: ignore[arg-type]
    assert said[:3] == [str(running.places.node("web1.test")), "web1.test", "7.23.0"]
    assert not [line for line in said if line.startswith(("XDG_", "PYTHONPATH", "SSH_AUTH_SOCK"))]


def test_streams_and_exit_codes_come_through(running: Demo) -> None:
    data = os.urandom(300_000)
    ran = running.login("db1.test", "cat; echo oops >&2; exit 7", data)
    killed = running.login("db1.test", "kill -9 $$")
    assert (ran.stdout, ran.stderr, ran.exit_status) == (data, b"oops\n", 7)
    assert killed.exit_signal is not None
    assert killed.exit_signal[0] == "KILL"


def test_sudo_runs_the_command_as_who_is_there_and_takes_the_password_from_its_input(running: Demo) -> None:
    ran = running.login("db1.test", "sudo -k -S -p '' -H -u root -- sh -c 'cat; id -u'", b"secret\nrest\n")
    assert ran.stdout == f"rest\n{os.getuid()}\n".encode()


def test_what_the_fleet_keeps_is_its_owners_alone(running: Demo) -> None:
    assert running.places.state.stat().st_mode & 0o077 == 0
    assert running.places.client_key.stat().st_mode & 0o077 == 0


def test_a_key_of_somebody_else_is_not_let_in(running: Demo, tmp_path: Path) -> None:
    key = tmp_path / "key"
    asyncssh.generate_private_key("ssh-ed25519").write_private_key(str(key))
    with pytest.raises(asyncssh.PermissionDenied):
        running.login("db1.test", "true", key=key)


def test_the_fleet_outlives_a_killed_viewer_only_shortly(demo: Demo) -> None:
    code = "import sys, time; from appo_tui.demo.presence import watch; from appo_tui.demo.places import *; "
    code += "kept = watch(demo_places()); print('up', flush=True); time.sleep(600)"
    viewer = subprocess.Popen(
        [sys.executable, "-c", code], env=demo.appo.variables, stdout=subprocess.PIPE, text=True
    )
    assert viewer.stdout is not None
    assert viewer.stdout.readline() == "up\n"
    fleet = demo.start()
    viewer.send_signal(signal.SIGKILL)
    viewer.wait()
    viewer.stdout.close()
    assert fleet.wait(120) == 0


def test_there_is_one_fleet_and_a_new_one_has_the_old_ones_keys_and_ports(demo: Demo) -> None:
    with demo.watched():
        first = demo.start()
        before = demo.target("db1.test"), demo.places.known_hosts.read_text()
        second = subprocess.Popen([sys.executable, "-c", SERVE], env=demo.appo.variables)
        assert second.wait(120) == 0
        assert first.poll() is None
        first.send_signal(signal.SIGKILL)
        first.wait()
        demo.places.running.write_text("")
        third = demo.start()
        assert (demo.target("db1.test"), demo.places.known_hosts.read_text()) == before
    assert third.wait(120) == 0
