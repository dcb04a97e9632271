"""A fleet for scale: one process that answers SSH on every address of a block of loopback.

Node i is 127.NET.(i // 250).(i % 250 + 1), all on one port. The nodes share one host key, and know a few
commands: true, false, exit N, hostname, sleep, cat, yes N, `puppet apply`, which every node whose number
ends in 7 fails, and what a job asks of its nodes (bench.fake_nodes). 1,000 nodes with open connections take
about 70 MB.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import shlex
import signal
import socket
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import asyncssh

from bench.fake_nodes import FakeNodes

_BACKLOG = 4096  # asyncssh's own 100 makes bursts of connections wait for a second SYN
_PER_BLOCK = 250
_QUICK = "  KexAlgorithms curve25519-sha256\n  Ciphers aes128-gcm@openssh.com\n  GSSAPIAuthentication no\n"
"""For ssh and what is built on it: the algorithms that ours prefers, which cost both ends least."""
_RESOURCES = ("File[/etc/app.conf]", "Package[app]", "Service[app]", "Exec[migrate]")
_NOT_FOUND = 127


@dataclass(frozen=True, slots=True)
class Fleet:
    """What the fleet is.

    Attributes:
        directory: where inventory.json, known_hosts, ssh_config and the client's key are written.
        count: how many nodes there are.
        net: the second byte of their addresses.
        port: the port on each.
        puppet_seconds: how long a simulated Puppet run takes.
    """

    directory: Path
    count: int = 1000
    net: int = 80
    port: int = 2200
    puppet_seconds: float = 1.0

    def address(self, index: int) -> str:
        """The address of the `index`th node, from 0."""
        return f"127.{self.net}.{index // _PER_BLOCK}.{index % _PER_BLOCK + 1}"

    def index(self, address: str) -> int:
        """The node that has this address."""
        _, _, block, place = map(int, address.split("."))
        return block * _PER_BLOCK + place - 1


def write_client_files(fleet: Fleet, host_key: asyncssh.SSHKey) -> str:
    """Write what a client needs; return the public half of the client's key."""
    fleet.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    key_file = fleet.directory / "id_ed25519"
    if not key_file.exists():
        client_key = asyncssh.generate_private_key("ssh-ed25519")
        client_key.write_private_key(str(key_file))
        client_key.write_public_key(str(key_file.with_suffix(".pub")))
        key_file.chmod(0o600)
    public = host_key.export_public_key().decode().strip()
    addresses = [fleet.address(index) for index in range(fleet.count)]
    known_hosts = fleet.directory / "known_hosts"
    known_hosts.write_text("".join(f"[{address}]:{fleet.port} {public}\n" for address in addresses))
    inventory = {
        "user": "root",
        "key": str(key_file),
        "known_hosts": str(known_hosts),
        "port": fleet.port,
        "hosts": {f"node{i}": {"address": a, "port": fleet.port} for i, a in enumerate(addresses)},
    }
    (fleet.directory / "inventory.json").write_text(json.dumps(inventory))
    (fleet.directory / "ssh_config").write_text(
        f"Host 127.{fleet.net}.*\n  User root\n  Port {fleet.port}\n  IdentityFile {key_file}\n"
        f"  IdentitiesOnly yes\n  UserKnownHostsFile {known_hosts}\n  LogLevel ERROR\n{_QUICK}"
    )
    return key_file.with_suffix(".pub").read_text()


def loopback_socket(port: int) -> socket.socket:
    """A listening socket for every address of loopback, and of no other interface."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, b"lo")
    listener.bind(("0.0.0.0", port))
    listener.listen(_BACKLOG)
    return listener


async def answer(fleet: Fleet, nodes: FakeNodes, process: asyncssh.SSHServerProcess[bytes]) -> None:
    """Carry out one command that a client asked for."""
    node = fleet.index(process.get_extra_info("sockname")[0])
    words = shlex.split(process.command or "")
    code = await nodes.answer(process, node, words[-1] if words else "")
    if code is not None:
        process.exit(code)
        return
    while words[:2] in (["/bin/sh", "-c"], ["sh", "-c"]) and len(words) > 2:
        words = shlex.split(words[2])
    try:
        process.exit(await exit_code(fleet, process, node, words))
    except asyncssh.SignalReceived as received:
        process.exit_with_signal(received.signal)


async def exit_code(
    fleet: Fleet, process: asyncssh.SSHServerProcess[bytes], node: int, words: list[str]
) -> int:
    """Do what the words say, and return how it ended."""
    match words:
        case ["true" | "false" as word]:
            return int(word == "false")
        case ["exit", code]:
            return int(code)
        case ["hostname"]:
            process.stdout.write(f"node{node}\n".encode())
        case ["sleep", seconds]:
            await asyncio.sleep(float(seconds))
        case ["cat"]:
            process.stdout.write(await process.stdin.read())
        case ["yes", lines]:
            for line in range(int(lines)):
                process.stdout.write(f"node{node} line {line} {'.' * 40}\n".encode())
                await process.stdout.drain()
        case ["puppet", "apply", *_]:
            return await simulated_puppet(fleet, process, node)
        case _:
            return _NOT_FOUND
    return 0


async def simulated_puppet(fleet: Fleet, process: asyncssh.SSHServerProcess[bytes], node: int) -> int:
    """Write the stream of a Puppet run in the form of `--logdest logstash_event`."""

    def say(level: str, message: str, source: str = "Puppet") -> None:
        event = {"level": level, "message": message, "source": source, "version": 1}
        text = json.dumps(event | {"@timestamp": datetime.now(UTC).isoformat()}) + "\n"
        process.stdout.write(text.encode())

    fails = node % 10 == 7
    pause = fleet.puppet_seconds / len(_RESOURCES)
    say("notice", f"Compiled catalog for node{node} in environment production in 0.02 seconds")
    for number, resource in enumerate(_RESOURCES, start=1):
        source = f"/Stage[main]/Main/{resource}"
        say("info", f"Starting to evaluate the resource ({number} of {len(_RESOURCES)})", source)
        await asyncio.sleep(pause)
        if fails and number == len(_RESOURCES):
            say("err", "change from 'notrun' to ['0'] failed", f"{source}/returns")
        else:
            say("notice", "created", f"{source}/ensure")
        say("info", f"Evaluated in {pause:.2f} seconds", source)
    say("notice", f"Applied catalog in {fleet.puppet_seconds:.2f} seconds")
    return 6 if fails else 2


async def serve(fleet: Fleet) -> None:
    """Answer until SIGTERM or SIGINT; `ready` appears in the fleet's directory when it does."""
    ended = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    host_key = asyncssh.generate_private_key("ssh-ed25519")
    client = write_client_files(fleet, host_key)
    nodes = FakeNodes(fleet.puppet_seconds)

    async def answer_here(process: asyncssh.SSHServerProcess[bytes]) -> None:
        await answer(fleet, nodes, process)

    listener = await asyncssh.listen(
        sock=loopback_socket(fleet.port),
        server_host_keys=[host_key],
        authorized_client_keys=asyncssh.import_authorized_keys(client),
        process_factory=answer_here,
        encoding=None,
        gss_host=None,
        login_timeout=60,
        backlog=_BACKLOG,
    )
    ready = fleet.directory / "ready"
    ready.touch()
    try:
        await ended.wait()
    finally:
        ready.unlink()
        listener.close()


def main() -> None:
    """Serve the fleet that the command line describes."""
    usual = Fleet(Path())
    parser = argparse.ArgumentParser(prog="python -m bench.fakefleet", description=__doc__)
    parser.add_argument("directory", type=Path, help="where the client's files are written")
    parser.add_argument("--count", type=int, default=usual.count)
    parser.add_argument("--net", type=int, default=usual.net)
    parser.add_argument("--port", type=int, default=usual.port)
    parser.add_argument("--puppet-seconds", type=float, default=usual.puppet_seconds)
    asyncio.run(serve(Fleet(**vars(parser.parse_args()))))


if __name__ == "__main__":
    main()
