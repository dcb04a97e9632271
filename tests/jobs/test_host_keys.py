"""Host keys that are not known yet, asked of a server of asyncssh's."""

from __future__ import annotations

import asyncio
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from appo_tui.environment.inventory import Address, Inventory, read_inventory
from appo_tui.jobs import JobError
from appo_tui.jobs.access.host_keys import UnknownHostKey, add_host_keys, unknown_host_keys
from appo_tui.jobs.transport.shell import ShellError
from appo_tui.jobs.transport.ssh import SshShells
from tests.jobs.nodes import new_home
from tests.jobs.ssh_server import Server, serving


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with serving(new_home(tmp_path), tmp_path) as running:
        yield running


def inventory(server: Server, tmp_path: Path, *certnames: str) -> Inventory:
    file = tmp_path / "inventory.yaml"
    file.write_text(server.inventory(*(certnames or ("web1.test",))))
    return read_inventory(file)


def unknown(where: Inventory, tmp_path: Path, *certnames: str) -> list[UnknownHostKey]:
    return asyncio.run(unknown_host_keys(where, certnames or ("web1.test",), home=tmp_path))


def configured(tmp_path: Path, *lines: str) -> None:
    (tmp_path / ".ssh").mkdir(exist_ok=True)
    (tmp_path / ".ssh" / "config").write_text("\n".join(lines) + "\n")


def fingerprint_by_ssh(file: Path) -> str:
    said = subprocess.run(["ssh-keygen", "-lf", str(file)], check=True, capture_output=True, text=True)
    return said.stdout.split()[1]


def test_known_nodes_are_not_connected(server: Server, tmp_path: Path) -> None:
    assert unknown(inventory(server, tmp_path), tmp_path) == []
    assert server.connections == 0


def test_an_unknown_key_is_told_with_the_fingerprint_that_ssh_shows(server: Server, tmp_path: Path) -> None:
    known = server.known_hosts.read_text()
    expected = fingerprint_by_ssh(server.known_hosts)
    server.known_hosts.write_text("")
    (key,) = unknown(inventory(server, tmp_path), tmp_path)
    assert (key.certname, key.host, key.port) == ("web1.test", "127.0.0.1", server.port)
    assert (key.algorithm, key.fingerprint) == ("ssh-ed25519", expected)
    assert key.known_hosts == server.known_hosts
    assert key.line.split()[:3] == known.split()[:3]


def test_an_added_key_lets_the_node_be_reached(server: Server, tmp_path: Path) -> None:
    server.known_hosts.unlink()
    where = inventory(server, tmp_path)
    add_host_keys(unknown(where, tmp_path))
    assert server.known_hosts.stat().st_mode & 0o777 == 0o600
    assert unknown(where, tmp_path) == []
    asyncio.run(reached(where, tmp_path))


async def reached(where: Inventory, home: Path) -> None:
    shells = SshShells(where, home=home)
    shell = await shells.open("web1.test")
    await shell.close()
    await shells.close()


def test_a_server_of_many_names_is_asked_once_and_added_once(server: Server, tmp_path: Path) -> None:
    server.known_hosts.write_text("")
    names = tuple(f"n{number}.test" for number in range(30))
    keys = unknown(inventory(server, tmp_path, *names), tmp_path, *names)
    assert [key.certname for key in keys] == list(names)
    assert server.connections == 1
    add_host_keys(keys)
    assert len(server.known_hosts.read_text().splitlines()) == 1


def test_a_key_that_changed_is_not_offered_but_refused_as_changed(server: Server, tmp_path: Path) -> None:
    import asyncssh

    other = asyncssh.generate_private_key("ssh-ed25519").export_public_key().decode()
    server.known_hosts.write_text(f"[127.0.0.1]:{server.port} {other}")
    where = inventory(server, tmp_path)
    assert unknown(where, tmp_path) == []
    with pytest.raises(ShellError, match="has changed") as caught:
        asyncio.run(reached(where, tmp_path))
    assert caught.value.lasting
    assert f"ssh-keygen -R '[127.0.0.1]:{server.port}' -f {server.known_hosts}" in caught.value.message


def test_nodes_that_do_not_answer_or_are_exempt_are_left_out(server: Server, tmp_path: Path) -> None:
    server.known_hosts.write_text("")
    known = server.known_hosts
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))  # nobody else gets the port, and nobody listens
        addresses = {
            "gone": Address("127.0.0.1", silent.getsockname()[1], known_hosts=known),
            "nameless": Address("no-such-host.invalid", known_hosts=known),
            "trusted": Address("127.0.0.1", server.port, host_key_check=False),
            "here": Address("localhost", transport="local"),
        }
        assert unknown(Inventory(addresses), tmp_path, *addresses) == []
    assert server.connections == 0


def test_a_server_that_never_speaks_holds_nobody_up(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = Address("127.0.0.1", silent.getsockname()[1], connect_timeout=0.2)
        assert unknown(Inventory({"mute": address}), tmp_path, "mute") == []


def test_ssh_config_tells_host_port_and_file(server: Server, tmp_path: Path) -> None:
    file = tmp_path / "mine"
    host = ("Host web1.test", " HostName 127.0.0.1", f" Port {server.port}")
    configured(tmp_path, *host, f" UserKnownHostsFile {file}")
    (key,) = unknown(Inventory(), tmp_path)
    assert (key.host, key.port, key.known_hosts) == ("127.0.0.1", server.port, file)


def test_a_host_key_alias_is_the_name_that_is_added(server: Server, tmp_path: Path) -> None:
    server.known_hosts.write_text("")
    configured(tmp_path, "Host *", " HostKeyAlias farm")
    where = inventory(server, tmp_path)
    (key,) = unknown(where, tmp_path)
    assert key.line.startswith("farm ssh-ed25519 ")
    add_host_keys([key])
    assert unknown(where, tmp_path) == []
    asyncio.run(reached(where, tmp_path))


def test_names_are_hashed_where_ssh_config_wants_it(server: Server, tmp_path: Path) -> None:
    server.known_hosts.write_text("")
    configured(tmp_path, "HashKnownHosts yes")
    where = inventory(server, tmp_path)
    add_host_keys(unknown(where, tmp_path))
    assert server.known_hosts.read_text().startswith("|1|")
    assert "127.0.0.1" not in server.known_hosts.read_text()
    assert unknown(where, tmp_path) == []


def test_a_key_that_is_known_by_its_address_counts(server: Server, tmp_path: Path) -> None:
    address = Address("localhost", server.port, known_hosts=server.known_hosts)
    assert unknown(Inventory({"web1.test": address}), tmp_path) == []
    assert server.connections == 0


def test_an_unknown_jump_host_comes_before_the_node_behind_it(server: Server, tmp_path: Path) -> None:
    server.known_hosts.write_text("")
    where = inventory(server, tmp_path)
    address = where.address("web1.test")
    configured(
        tmp_path, "Host gate", " HostName localhost", f" Port {server.port}", " User tester",
        f" IdentityFile {address.private_key}", f" UserKnownHostsFile {server.known_hosts}",
    )  # fmt: skip
    behind = Inventory({"web1.test": replace(address, proxy_jump="gate")})
    keys = unknown(behind, tmp_path)
    assert [key.certname for key in keys] == ["gate", "web1.test"]
    add_host_keys(keys)
    assert unknown(behind, tmp_path) == []
    asyncio.run(reached(behind, tmp_path))


def test_lines_are_appended_behind_a_last_line_without_an_end(tmp_path: Path) -> None:
    file = tmp_path / "dir" / "known_hosts"
    key = UnknownHostKey("n", "n", 22, "ssh-ed25519", "SHA256:x", file, "n ssh-ed25519 AAAA")
    file.parent.mkdir()
    file.write_text("old ssh-ed25519 BBBB")
    add_host_keys([key, replace(key, certname="m")])
    assert file.read_text() == "old ssh-ed25519 BBBB\nn ssh-ed25519 AAAA\n"


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    key = UnknownHostKey("n", "n", 22, "ssh-ed25519", "SHA256:x", tmp_path / "file" / "known_hosts", "n k")
    with pytest.raises(JobError, match="can't be written"):
        add_host_keys([key])
