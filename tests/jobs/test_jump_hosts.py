"""Jump hosts are logged in on once for many nodes behind them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from appo_tui.environment.inventory import Inventory, read_inventory
from appo_tui.jobs.access.credentials import Credentials
from appo_tui.jobs.transport.nodes import NodeTransport, Patience
from appo_tui.jobs.transport.protocol import NodeRun, Outcome, Reported
from appo_tui.jobs.transport.shell import Shell, ShellError
from appo_tui.jobs.transport.ssh import SshShells
from tests.jobs.nodes import Script, Told, new_home
from tests.jobs.ssh_server import Server, serving


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with serving(new_home(tmp_path), tmp_path) as running:
        yield running


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Server]:
    """A jump host that lets the same user in."""
    directory = tmp_path / "gate"
    directory.mkdir()
    with serving(new_home(directory), directory) as running:
        yield running


def write_config(home: Path, text: str) -> None:
    (home / ".ssh").mkdir(exist_ok=True)
    (home / ".ssh" / "config").write_text(text)


def host(name: str, server: Server, *lines: str) -> str:
    more = "".join(f"  {line}\n" for line in lines)
    return (
        f"Host {name}\n  HostName 127.0.0.1\n  Port {server.port}\n  User tester\n"
        f"  IdentityFile {server.client_key}\n  UserKnownHostsFile {server.known_hosts}\n{more}"
    )


def behind(jump: str, server: Server, home: Path, count: int = 1) -> SshShells:
    """Shells on nodes that are all one server, behind a jump host."""
    file = home / "inventory.yaml"
    names = [f"n{number}" for number in range(count)]
    file.write_text(server.inventory(*names))
    addresses = {
        name: replace(address, proxy_jump=jump)
        for name, address in read_inventory(file).addresses.items()
    }
    return SshShells(Inventory(addresses), home=home)


async def all_opened(shells: SshShells) -> list[Shell]:
    return list(await asyncio.gather(*(shells.open(name) for name in shells.inventory.addresses)))


async def said(shell: Shell) -> bytes:
    return (await shell.run("echo here")).output


@pytest.mark.parametrize(("count", "connections"), [(3, 1), (50, 1), (51, 2)])
def test_fifty_nodes_share_a_connection_to_their_jump_host(
    server: Server, gate: Server, tmp_path: Path, count: int, connections: int
) -> None:
    write_config(tmp_path, host("gate", gate))

    async def whole() -> list[bytes]:
        shells = behind("gate", server, tmp_path, count)
        opened = await all_opened(shells)
        answers = [await said(each) for each in opened]
        await shells.close()
        return answers

    assert asyncio.run(whole()) == [b"here\n"] * count
    assert (gate.connections, server.connections) == (connections, count)


def test_a_connection_has_room_again_when_nodes_have_ended(
    server: Server, gate: Server, tmp_path: Path
) -> None:
    write_config(tmp_path, host("gate", gate))

    async def whole() -> None:
        shells = behind("gate", server, tmp_path, 50)
        for _ in range(2):
            for each in await all_opened(shells):
                await each.close()
        await shells.close()

    asyncio.run(whole())
    assert gate.connections == 1


def test_when_the_jump_host_drops_the_connection_it_is_made_again(
    server: Server, gate: Server, tmp_path: Path
) -> None:
    write_config(tmp_path, host("gate", gate))
    go_on = tmp_path / "go-on"
    told = Told()
    shells = behind("gate", server, tmp_path)
    script = Script(f"say one\nwait {go_on}\nsay two")
    transport = NodeTransport(shells, script, patience=Patience(2.0, 20.0))

    async def whole() -> Outcome:
        running = asyncio.create_task(transport.run(NodeRun("k", "n0", 1), told.log, told.waiting))
        await told.has(1)
        await asyncio.to_thread(gate.drop)
        go_on.touch()
        outcome = await running
        await transport.close()
        return outcome

    assert isinstance(asyncio.run(whole()), Reported)
    assert told.texts == ["one", "two"]
    assert gate.connections == 2


def test_jump_hosts_behind_each_other_are_shared_too(server: Server, gate: Server, tmp_path: Path) -> None:
    write_config(tmp_path, host("outer", gate) + host("inner", gate, "ProxyJump outer"))

    async def whole() -> bytes:
        shells = behind("inner", server, tmp_path, 3)
        opened = await all_opened(shells)
        answer = await said(opened[0])
        await shells.close()
        return answer

    assert asyncio.run(whole()) == b"here\n"
    assert gate.connections == 2


def test_a_jump_host_that_is_a_node_itself_is_reached_directly(
    server: Server, gate: Server, tmp_path: Path
) -> None:
    write_config(tmp_path, host("gate", gate) + host("web1", server) + "Host *\n  ProxyJump gate\n")

    async def whole() -> None:
        shells = SshShells(Inventory(), home=tmp_path)
        for name in ("gate", "web1"):
            shell = await shells.open(name)
            assert await said(shell) == b"here\n"
            await shell.close()
        await shells.close()

    asyncio.run(whole())
    assert (gate.connections, server.connections) == (2, 1)


def refused(shells: SshShells) -> ShellError:
    async def whole() -> None:
        try:
            await shells.open("n0")
        finally:
            await shells.close()

    with pytest.raises(ShellError) as caught:
        asyncio.run(whole())
    return caught.value


def test_jump_hosts_that_lead_to_each_other_are_told(server: Server, gate: Server, tmp_path: Path) -> None:
    write_config(tmp_path, host("a", gate, "ProxyJump b") + host("b", gate, "ProxyJump a"))
    error = refused(behind("a", server, tmp_path))
    assert error.lasting
    assert error.message == "The jump hosts of ssh_config lead to each other: a, b, a"


def test_a_jump_host_that_refuses_is_named_and_not_the_node(
    server: Server, gate: Server, tmp_path: Path
) -> None:
    write_config(tmp_path, host("gate", gate).replace("tester", "nobody"))
    gate.known_hosts.write_text("")
    assert "The host key of the jump host before n0" in refused(behind("gate", server, tmp_path)).message
    write_config(tmp_path, "Host gate\n  HostName 127.0.0.1\n  Port 1\n")
    error = refused(behind("gate", server, tmp_path))
    assert error.message.startswith("the jump host before n0 (gate) refuses connections")


def test_a_node_that_refuses_leaves_the_way_to_the_others_open(
    server: Server, gate: Server, tmp_path: Path
) -> None:
    write_config(tmp_path, host("gate", gate))

    async def whole() -> None:
        shells = behind("gate", server, tmp_path, 2)
        addresses = dict(shells.inventory.addresses)
        addresses["n0"] = replace(addresses["n0"], port=1)
        some = SshShells(Inventory(addresses), home=tmp_path)
        with pytest.raises(ShellError):
            await some.open("n0")
        assert await said(await some.open("n1")) == b"here\n"
        await some.close()

    asyncio.run(whole())
    assert gate.connections == 1


def test_a_password_for_nodes_is_not_given_to_their_jump_host(server: Server, tmp_path: Path) -> None:
    directory = tmp_path / "gate"
    directory.mkdir()
    with serving(new_home(directory), directory, password="of nodes") as gate:
        keyless = host("gate", gate).replace(f"  IdentityFile {gate.client_key}\n", "")
        write_config(tmp_path, keyless)
        shells = behind("gate", server, tmp_path)
        shells.credentials = Credentials(login_password="of nodes")
        assert "refused the login" in refused(shells).message
