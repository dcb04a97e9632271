"""Runs over SSH, on a server of asyncssh's whose commands are a real shell's."""

from __future__ import annotations

import asyncio
import errno
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import asyncssh
import pytest

from appo_tui.environment.inventory import Address, Inventory, read_inventory
from appo_tui.jobs.transport.nodes import NodeTransport, Patience
from appo_tui.jobs.transport.protocol import Errored, NodeRun, Outcome, Reported
from appo_tui.jobs.transport.shell import Shell, ShellError
from appo_tui.jobs.transport.ssh import SshShells
from tests.jobs.nodes import Script, Told, has_ended, new_home
from tests.jobs.ssh_server import Server, serving


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with serving(new_home(tmp_path), tmp_path) as running:
        yield running


def shells(server: Server, tmp_path: Path) -> SshShells:
    file = tmp_path / "inventory.yaml"
    file.write_text(server.inventory("web1.test"))
    return SshShells(read_inventory(file), home=tmp_path)


def nodes(server: Server, tmp_path: Path, script: Script) -> NodeTransport:
    return NodeTransport(shells(server, tmp_path), script, patience=Patience(2.0, 20.0))


def opened(source: SshShells) -> None:
    async def whole() -> None:
        shell = await source.open("web1.test")
        await shell.close()

    asyncio.run(whole())


def test_a_run_goes_over_one_connection(server: Server, tmp_path: Path) -> None:
    told = Told()
    transport = nodes(server, tmp_path, Script("say one\nsay two"))
    outcome = asyncio.run(transport.run(NodeRun("k", "web1.test", 1), told.log, told.waiting))
    assert isinstance(outcome, Reported)
    assert told.texts == ["one", "two"]
    assert server.connections == 1


def test_a_dropped_connection_loses_and_doubles_no_line(server: Server, tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    told = Told()
    transport = nodes(server, tmp_path, Script(f"say one\nsay two\nwait {gate}\nsay three\nsay four"))

    async def whole() -> Outcome:
        running = asyncio.create_task(transport.run(NodeRun("k", "web1.test", 1), told.log, told.waiting))
        await told.has(2)
        await asyncio.to_thread(server.drop)
        gate.touch()
        return await running

    assert isinstance(asyncio.run(whole()), Reported)
    assert told.texts == ["one", "two", "three", "four"]
    assert server.connections == 2
    assert any("trying again" in message for message in told.waited)


def test_an_unknown_host_key_is_refused_with_the_way_to_add_it(server: Server, tmp_path: Path) -> None:
    server.known_hosts.write_text("")
    with pytest.raises(ShellError) as caught:
        opened(shells(server, tmp_path))
    assert caught.value.lasting
    assert f"ssh-keyscan -p {server.port} 127.0.0.1 >> {server.known_hosts}" in caught.value.message


def configured(server: Server, tmp_path: Path, *lines: str) -> SshShells:
    """Shells on web1.test by ssh_config alone, without an inventory."""
    file = tmp_path / "inventory.yaml"
    file.write_text(server.inventory("web1.test"))
    key = read_inventory(file).address("web1.test").private_key
    (tmp_path / ".ssh").mkdir()
    (tmp_path / ".ssh" / "config").write_text(
        f"Host web1.test\n  HostName 127.0.0.1\n  Port {server.port}\n  IdentityFile {key}\n"
        + "".join(f"  {line}\n" for line in lines)
    )
    return SshShells(Inventory({}), home=tmp_path)


def test_host_keys_are_looked_for_where_ssh_config_says(server: Server, tmp_path: Path) -> None:
    elsewhere = server.known_hosts.rename(tmp_path / "elsewhere")
    opened(configured(server, tmp_path, f"UserKnownHostsFile {elsewhere}"))


def test_a_broken_ssh_config_is_named_with_its_line(server: Server, tmp_path: Path) -> None:
    with pytest.raises(ShellError, match=r"can't be read: .*\.ssh/config line 5"):
        opened(configured(server, tmp_path, "Port many"))


def test_a_refused_login_names_the_user_and_what_to_do(server: Server, tmp_path: Path) -> None:

    asyncssh.generate_private_key("ssh-ed25519").write_private_key(server.client_key)
    with pytest.raises(ShellError) as caught:
        opened(shells(server, tmp_path))
    assert caught.value.lasting
    assert "refused the login of tester" in caught.value.message
    assert "authorized_keys" in caught.value.message


def test_a_node_that_refuses_connections_errors_its_run(tmp_path: Path) -> None:
    told = Told()
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))  # nobody else gets the port, and nobody listens
        address = Address("127.0.0.1", silent.getsockname()[1], "u")
        transport = NodeTransport(
            SshShells(Inventory({"n": address}), home=tmp_path), Script(), patience=Patience(0.1, 0.1)
        )
        outcome = asyncio.run(transport.run(NodeRun("k", "n", 1), told.log, told.waiting))
    assert isinstance(outcome, Errored)
    assert "refuses connections" in outcome.message


def test_a_name_that_does_not_resolve_is_not_tried_again(tmp_path: Path) -> None:
    source = SshShells(Inventory(), home=tmp_path)
    with pytest.raises(ShellError) as caught:
        asyncio.run(source.open("no-such-host.invalid"))
    assert caught.value.lasting
    assert "can't be resolved" in caught.value.message


def test_a_forced_stop_goes_over_a_connection_of_its_own(server: Server, tmp_path: Path) -> None:
    told = Told()
    transport = nodes(server, tmp_path, Script("say one\nchild 600"))

    async def whole() -> Outcome:
        running = asyncio.create_task(transport.run(NodeRun("k", "web1.test", 1), told.log, told.waiting))
        await told.has(2)
        await transport.end("web1.test")
        return await running

    assert asyncio.run(whole()) == Errored("Puppet was ended by a forced stop.")


def test_a_run_on_a_node_that_is_away_is_ended_once_it_is_back(server: Server, tmp_path: Path) -> None:
    class Road:
        closed = False

        async def open(self, certname: str) -> Shell:
            if self.closed:
                raise ShellError("no route")
            return await source.open(certname)

        async def close(self) -> None:
            await source.close()

    source, road, told = shells(server, tmp_path), Road(), Told()
    transport = NodeTransport(road, Script("say one\nchild 600"), patience=Patience(1.0, 30.0))

    async def whole() -> Outcome:
        running = asyncio.create_task(transport.run(NodeRun("k", "web1.test", 1), told.log, told.waiting))
        await told.has(2)
        road.closed = True
        await transport.end("web1.test")
        await asyncio.to_thread(server.drop)
        await told.has_waited()
        road.closed = False
        return await running

    assert asyncio.run(whole()) == Errored("Puppet was ended by a forced stop.")
    assert has_ended(int(told.texts[1]))


def test_too_many_open_files_are_told_with_what_to_do(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_words: object, **_options: object) -> None:
        raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))

    monkeypatch.setattr(asyncssh, "connect", full)
    with pytest.raises(ShellError, match=r"open no more files.*--concurrency"):
        opened(shells(server, tmp_path))


def test_no_more_than_a_hundred_connections_are_made_at_a_time(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = shells(server, tmp_path)
    most = 0
    now = 0

    async def counted(*_words: object, **_options: object) -> None:
        nonlocal most, now
        now += 1
        most = max(most, now)
        await asyncio.sleep(0)
        now -= 1
        raise ConnectionRefusedError

    async def whole() -> None:
        await asyncio.gather(*(source.open("web1.test") for _ in range(300)), return_exceptions=True)

    monkeypatch.setattr(asyncssh, "connect", counted)
    asyncio.run(whole())
    assert most == 100


def test_a_node_that_never_ends_its_answer_is_cut_off(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("appo_tui.jobs.transport.ssh_shell._LONGEST_ANSWER", 2**20)

    async def whole() -> None:
        shell = await shells(server, tmp_path).open("web1.test")
        await shell.run("yes")

    with pytest.raises(ShellError, match=r"web1\.test answered with more than 1 MB") as caught:
        asyncio.run(whole())
    assert caught.value.lasting


def test_a_command_that_complains_at_length_before_it_answers_is_heard(
    server: Server, tmp_path: Path
) -> None:
    async def whole() -> tuple[bytes, int]:
        shell = await shells(server, tmp_path).open("web1.test")
        async with asyncio.timeout(60):
            done = await shell.run("head -c 8000000 /dev/zero >&2; echo done")
        await shell.close()
        return done.output, len(done.errors)

    assert asyncio.run(whole()) == (b"done\n", 8_000_000)
