"""The fleet: an SSH server for each node of the samples, on loopback, in a process of its own.

It is started on demand (appo_tui.demo.presence), and ends by itself some seconds after the last viewer
and the last runner of a demo's job have gone.
"""

from __future__ import annotations

import asyncio
import os
import socket
import time
from collections.abc import Iterable
from functools import partial
from pathlib import Path

import asyncssh
import yaml

from appo_tui.demo.places import DemoPlaces, demo_places
from appo_tui.demo.presence import Departure, FleetLock
from appo_tui.demo.programs import node_environment, write_programs
from appo_tui.demo.sessions import Node, run_command

LOOPBACK = "127.0.0.1"
_CHECK_EVERY = 0.5  # seconds
_STAY = 3.0  # seconds without anybody, so that one command after another finds the fleet still there


class Fleet:
    """The running servers, and how many connections they have."""

    def __init__(self, places: DemoPlaces) -> None:
        self._places = places
        self._connections = 0
        self._servers: list[asyncssh.SSHAcceptor] = []

    async def start(self, certnames: Iterable[str]) -> None:
        """Starts a server for each node and writes the inventory that leads to them."""
        client_key = _key(self._places.client_key)
        (self._places.host_keys).mkdir(mode=0o700, exist_ok=True)
        ports = _last_ports(self._places.inventory)
        targets, known = [], []
        for certname in certnames:
            host_key = _key(self._places.host_keys / certname)
            listening = _listen(ports.get(certname, 0))
            port = listening.getsockname()[1]
            self._servers.append(await self._serve(certname, listening, host_key, client_key))
            targets.append(_target(self._places, certname, port))
            public = host_key.export_public_key().decode().strip()
            known.append(f"[{LOOPBACK}]:{port} {public}\n")
        _replace(self._places.known_hosts, "".join(known))
        _replace(self._places.inventory, yaml.safe_dump({"version": 2, "targets": targets}, sort_keys=False))

    async def _serve(
        self, certname: str, listening: socket.socket, host_key: asyncssh.SSHKey, client_key: asyncssh.SSHKey
    ) -> asyncssh.SSHAcceptor:
        home = self._places.node(certname)
        (home / "tmp").mkdir(mode=0o700, parents=True, exist_ok=True)
        node = Node(certname, home, node_environment(self._places, certname))
        authorized = asyncssh.import_authorized_keys(client_key.export_public_key().decode())
        return await asyncssh.listen(
            sock=listening,
            server_factory=partial(_Server, self),
            server_host_keys=[host_key],
            authorized_client_keys=authorized,
            process_factory=partial(run_command, node),
            encoding=None,
            gss_host=None,
            agent_forwarding=False,
            x11_forwarding=False,
            line_editor=False,
        )

    def connected(self, change: int) -> None:
        """Counts a connection in (1) or out (-1)."""
        self._connections += change

    async def serve_until_unneeded(self) -> None:
        """Returns once nobody has needed the fleet for some seconds; no viewer can come in any more then."""
        departure = Departure(self._places)
        needed = time.monotonic()
        while True:
            await asyncio.sleep(_CHECK_EVERY)
            if not departure.close_if_unwatched():
                needed = time.monotonic()
                continue
            if self._connections or self._job_runs():
                needed = time.monotonic()
            if time.monotonic() - needed > _STAY:
                return
            departure.reopen()

    def _job_runs(self) -> bool:
        from appo_tui.demo.runners import a_job_runs

        return a_job_runs(self._places)


class _Server(asyncssh.SSHServer):
    """One connection: tells the fleet when it begins and ends."""

    def __init__(self, fleet: Fleet) -> None:
        self._fleet = fleet

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:  # noqa: ARG002 - asyncssh's signature
        self._fleet.connected(1)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncssh's signature
        self._fleet.connected(-1)


def _key(file: Path) -> asyncssh.SSHKey:
    """Returns the private key of a file, made on first use."""
    if file.exists():
        return asyncssh.read_private_key(file)
    key = asyncssh.generate_private_key("ssh-ed25519")
    with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:  # noqa: PTH123 - a mode from the start
        stream.write(key.export_private_key())
    return key


def _listen(port: int) -> socket.socket:
    """Returns a socket that listens on the port, or on a free one where it is taken."""
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((LOOPBACK, port))
    except OSError:
        listening.bind((LOOPBACK, 0))
    listening.listen(128)
    return listening


def _target(places: DemoPlaces, certname: str, port: int) -> dict[str, object]:
    ssh = {
        "host": LOOPBACK,
        "port": port,
        "user": "demo",
        "private-key": str(places.client_key),
        "known-hosts": str(places.known_hosts),
    }
    return {"name": certname, "uri": f"ssh://{LOOPBACK}:{port}", "config": {"transport": "ssh", "ssh": ssh}}


def _last_ports(inventory: Path) -> dict[str, int]:
    """Returns the ports of the last fleet: kept, so that an inventory read earlier still holds."""
    try:
        targets = yaml.safe_load(inventory.read_text())["targets"]
        return {each["name"]: int(each["config"]["ssh"]["port"]) for each in targets}
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError):
        return {}


def _replace(file: Path, text: str) -> None:
    new = file.with_name(file.name + ".new")
    new.write_text(text, encoding="utf-8")
    new.replace(file)


async def serve(places: DemoPlaces, certnames: Iterable[str]) -> None:
    """Serves the nodes until nobody needs them; returns at once where a fleet runs already."""
    lock = FleetLock(places)
    if not lock.take():
        return
    write_programs(places)
    fleet = Fleet(places)
    await fleet.start(certnames)
    lock.announce(os.getpid())
    await fleet.serve_until_unneeded()


def sample_nodes(places: DemoPlaces) -> tuple[str, ...]:
    """Returns the certnames of the samples."""
    from appo_tui.environment import NO_FACTS, read_environment
    from appo_tui.model import read_model

    return tuple(read_model(read_environment(places.samples), NO_FACTS).nodes)


def main() -> None:
    """Runs the fleet: ``python -m appo_tui.demo.fleet``."""
    places = demo_places()
    asyncio.run(serve(places, sample_nodes(places)))


if __name__ == "__main__":
    main()
