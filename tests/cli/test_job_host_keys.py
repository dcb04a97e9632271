"""What `job run` asks before it connects: host keys that are not known, and login passwords."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.commands import SAMPLES, Program
from tests.cli.terminal import answered
from tests.jobs.nodes import new_home
from tests.jobs.ssh_server import Server, serving

PASSWORD = "canary-pw-4711"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    (tmp_path / "node").mkdir()
    with serving(new_home(tmp_path / "node"), tmp_path / "node") as running:
        yield running


def words(appo: Program, server: Server, *more: str) -> list[str]:
    (appo.home / "inventory.yaml").write_text(server.inventory("db2.test"))
    run = ("job", "run", "--nodes", "db2.test", "--noop")
    return ["-e", str(SAMPLES), "--inventory", "inventory.yaml", *run, *more]


def jobs(appo: Program) -> int:
    return appo.run("job", "list", "--format", "json").stdout.count('"id"')


def test_without_a_terminal_an_unknown_host_key_keeps_the_job_from_starting(
    appo: Program, server: Server
) -> None:
    server.known_hosts.unlink()
    run = appo.run(*words(appo, server))
    assert run.returncode == 2
    assert run.stderr == (
        "appo: 1 host key is not known: db2.test (start it in a terminal to be asked, or with "
        "--accept-new-host-keys to trust what answers now, or add them by hand, such as: "
        f"ssh-keyscan -p {server.port} 127.0.0.1 >> {server.known_hosts})\n"
    )
    assert jobs(appo) == 0
    assert not server.known_hosts.exists()


def test_a_new_host_key_is_accepted_where_an_option_says_so(appo: Program, server: Server) -> None:
    expected = server.known_hosts.read_text().split()[:3]
    server.known_hosts.unlink()
    (appo.home / ".ssh").mkdir()
    (appo.home / ".ssh" / "config").write_text("HashKnownHosts no\n")  # the system's file may say yes
    run = appo.run(*words(appo, server, "--accept-new-host-keys"))
    assert "1 host key is added:\n  db2.test  ssh-ed25519 SHA256:" in run.stderr
    assert "Started puppet run on db2.test" in run.stdout
    assert "not known" not in run.stdout
    assert server.known_hosts.read_text().split()[:3] == expected


def test_at_a_terminal_the_user_sees_the_fingerprint_and_says_yes(appo: Program, server: Server) -> None:
    server.known_hosts.unlink()
    said = answered(appo, words(appo, server), [("(yes/no)? ", "y"), ("(yes/no)? ", "yes")])
    assert "1 host key is not known yet:\n  db2.test  ssh-ed25519 SHA256:" in said.shown
    assert "Started puppet run on db2.test" in said.shown
    assert server.known_hosts.exists()


def test_a_no_starts_nothing(appo: Program, server: Server) -> None:
    server.known_hosts.unlink()
    said = answered(appo, words(appo, server), [("(yes/no)? ", "no")])
    assert said.returncode == 2
    assert "the host keys were not added: nothing was started" in said.shown
    assert not server.known_hosts.exists()
    assert jobs(appo) == 0


def test_a_login_password_is_asked_for_once_and_kept_nowhere(appo: Program, tmp_path: Path) -> None:
    (tmp_path / "node").mkdir()
    with serving(new_home(tmp_path / "node"), tmp_path / "node", PASSWORD) as server:
        asked = [("Password to log in on the nodes: ", PASSWORD)]
        said = answered(appo, words(appo, server, "--ask-password"), asked)
    assert "Started puppet run on db2.test" in said.shown
    assert "refused the login" not in said.shown
    assert PASSWORD not in said.shown
    kept = [file for file in appo.home.rglob("*") if file.is_file()]
    assert [file for file in kept if PASSWORD.encode() in file.read_bytes()] == []


def test_a_node_without_any_key_has_its_password_asked_for(appo: Program, tmp_path: Path) -> None:
    (tmp_path / "node").mkdir()
    with serving(new_home(tmp_path / "node"), tmp_path / "node", PASSWORD) as server:
        run = words(appo, server)
        inventory = appo.home / "inventory.yaml"
        inventory.write_text(inventory.read_text().replace(f"private-key: {server.client_key}", "port: 1"))
        said = answered(appo, run, [("log in on db2.test (there is no key for it): ", PASSWORD)])
    assert "refused the login" not in said.shown
    assert "Started puppet run on db2.test" in said.shown


def test_an_option_of_ssh_config_that_is_not_followed_is_named_before_the_first_run(
    appo: Program, server: Server
) -> None:
    (appo.home / ".ssh").mkdir()
    (appo.home / ".ssh" / "config").write_text("VerifyHostKeyDNS yes\n")
    said = appo.run(*words(appo, server)).stdout
    warning = f"Warning: {appo.home}/.ssh/config:1: VerifyHostKeyDNS yes is not followed: "
    assert said.index(warning) < said.index("Started puppet run")
    assert "VerifyHostKeyDNS yes" in appo.run("job", "show", "1").stdout
