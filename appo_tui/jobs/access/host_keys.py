"""Host keys that are not known yet: asked of the nodes, and added to known_hosts once a user says so.

A key that changed is none of these: nobody is asked about it, and the connection is refused.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from appo_tui.environment.inventory import Address, Inventory
from appo_tui.jobs.errors import JobError

if TYPE_CHECKING:
    import asyncssh

    from appo_tui.jobs.transport.ssh_config import SshPlace

_AT_ONCE = 50
_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class UnknownHostKey:
    """The key with which a node's sshd answers, which nobody has vouched for.

    Attributes:
        certname: the node; for a jump host its name.
        host, port: where it answered.
        algorithm: such as ``ssh-ed25519``.
        fingerprint: as ssh shows it, ``SHA256:...``.
        known_hosts: the file that it would be added to.
        line: the line that would be added.
    """

    certname: str
    host: str
    port: int
    algorithm: str
    fingerprint: str
    known_hosts: Path
    line: str


async def unknown_host_keys(
    inventory: Inventory, certnames: Sequence[str], *, home: Path | None = None
) -> list[UnknownHostKey]:
    """Asks nodes whose host key is not in known_hosts for it, fifty at a time.

    Where all are known nothing is connected. Nodes that can't be reached are left out, as are those that
    the inventory exempts from the check (``host-key-check: false``). Unknown jump hosts come first.

    Args:
        inventory: where the nodes are.
        certnames: which nodes.
        home: where .ssh is looked for; the user's own home by default.
    """
    addresses = ((name, inventory.address(name)) for name in dict.fromkeys(certnames))
    checked = {name: each for name, each in addresses if each.transport == "ssh" and each.host_key_check}
    if not checked:
        return []
    search = _Search(home or Path.home())
    try:
        return await search.unknown(checked)
    finally:
        await search.close()


def add_host_keys(keys: Sequence[UnknownHostKey]) -> None:
    """Adds host keys to their known_hosts files, which are made where they are not there (mode 0600).

    Whole lines are appended by one write under a lock, so that what ssh adds meanwhile stays.

    Raises:
        JobError: a file can't be written.
    """
    from appo_tui.jobs.transport.known_hosts import append_lines

    lines: dict[Path, list[str]] = {}
    for key in keys:
        lines.setdefault(key.known_hosts, []).append(key.line)
    for file, added in lines.items():
        try:
            append_lines(file, list(dict.fromkeys(added)))
        except OSError as error:
            hint = "The host keys are not added."
            raise JobError(f"{file} can't be written: {error.strerror}", hint) from error


class _Search:
    """Connects to what is not known; each place, known_hosts file and jump host once."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._turn = asyncio.Semaphore(_AT_ONCE)
        self._read: dict[tuple[Path, ...], Any] = {}
        self._asked: dict[tuple[str, int, str | None], asyncio.Task[Any]] = {}
        self._jumps: dict[str, asyncio.Task[Any]] = {}
        self._jump_keys: list[UnknownHostKey] = []

    async def unknown(self, addresses: dict[str, Address]) -> list[UnknownHostKey]:
        """The keys of nodes, after those of the jump hosts before them."""
        found = await asyncio.gather(*(self._of_node(name, each) for name, each in addresses.items()))
        return [*self._jump_keys, *(key for key in found if key is not None)]

    async def close(self) -> None:
        """End the connections to jump hosts."""
        for task in self._jumps.values():
            if not task.cancel() and task.exception() is None and task.result() is not None:
                task.result().close()

    async def _of_node(self, certname: str, address: Address) -> UnknownHostKey | None:
        import asyncssh

        from appo_tui.jobs.transport.ssh_config import ssh_place

        try:
            place = ssh_place(address, self._home)
            if place.canonical or await self._known(place):
                return None
            key = await self._asked_once(place, address)
        except (OSError, asyncssh.Error, ValueError, TimeoutError):
            return None  # the job says why it is not reached
        return None if key is None else _unknown(certname, place, key)

    async def _known(self, place: SshPlace) -> bool:
        """Whether known_hosts has any key of it, by its name or by an address of its name."""
        from appo_tui.jobs.transport.known_hosts import is_known

        known = self._keys_of(place.known_hosts)
        if is_known(known, place):
            return True
        if place.proxied:
            return False
        found = await asyncio.get_running_loop().getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
        return any(is_known(known, place, str(each[4][0])) for each in found)

    def _keys_of(self, files: tuple[Path, ...]) -> asyncssh.SSHKnownHosts:
        from appo_tui.jobs.transport.known_hosts import read_known_hosts

        if files not in self._read:
            self._read[files] = read_known_hosts(files)
        known: asyncssh.SSHKnownHosts = self._read[files]
        return known

    async def _asked_once(self, place: SshPlace, address: Address) -> asyncssh.SSHKey | None:
        where = (place.host, place.port, place.jump)
        if where not in self._asked:
            self._asked[where] = asyncio.create_task(self._ask(place, address))
        key: asyncssh.SSHKey | None = await asyncio.shield(self._asked[where])
        return key

    async def _ask(self, place: SshPlace, address: Address) -> asyncssh.SSHKey | None:
        async with self._turn:
            tunnel = await self._through(place.jump) if place.jump else None
            return await self._key_of(address, tunnel)

    async def _key_of(self, address: Address, tunnel: object) -> asyncssh.SSHKey | None:
        import asyncssh

        asyncssh.set_log_level("ERROR")
        asking: Awaitable[Any] = asyncssh.get_server_host_key(
            address.host, address.port or (), tunnel=tunnel, config=self._config()  # type: ignore[arg-type]
        )
        key: asyncssh.SSHKey | None = await asyncio.wait_for(asking, address.connect_timeout or _SECONDS)
        return key

    def _config(self) -> list[str] | None:
        from appo_tui.jobs.transport.ssh_config import config_files

        return [str(file) for file in config_files(self._home)] or None

    async def _through(self, jump: str) -> asyncssh.SSHClientConnection:
        """A connection to the last of these jump hosts."""
        if jump not in self._jumps:
            self._jumps[jump] = asyncio.create_task(self._jumped(jump))
        made = asyncio.wait_for(asyncio.shield(self._jumps[jump]), 2 * _SECONDS)
        connection: asyncssh.SSHClientConnection = await made
        return connection

    async def _jumped(self, jump: str) -> asyncssh.SSHClientConnection:
        import asyncssh

        from appo_tui.jobs.transport.ssh_config import jump_address, ssh_place

        before, _, last = jump.rpartition(",")
        address = jump_address(last)
        place = ssh_place(address, self._home)
        before = before or place.jump or ""
        tunnel = await self._through(before) if before else None
        trusted: Any = self._keys_of(place.known_hosts)
        if not await self._known(place):
            key = await self._key_of(address, tunnel)
            if key is None:
                raise asyncssh.HostKeyNotVerifiable("there is no host key")
            self._jump_keys.append(_unknown(address.host, place, key))
            trusted = ([key], [], [])
        user: Any = address.user or ()
        return await asyncssh.connect(
            address.host, address.port or (), username=user, tunnel=tunnel,
            known_hosts=trusted, config=self._config(), connect_timeout=_SECONDS,
        )  # fmt: skip


def _unknown(certname: str, place: SshPlace, key: asyncssh.SSHKey) -> UnknownHostKey:
    from appo_tui.jobs.transport.known_hosts import hashed

    name = hashed(place.known_as) if place.hashed else place.known_as
    return UnknownHostKey(
        certname=certname,
        host=place.host,
        port=place.port,
        algorithm=key.get_algorithm(),
        fingerprint=key.get_fingerprint(),
        known_hosts=place.known_hosts[0],
        line=f"{name} {key.export_public_key().decode().strip()}",
    )

