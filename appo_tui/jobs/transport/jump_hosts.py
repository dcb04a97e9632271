"""Connections to jump hosts: each carries the connections to many nodes behind it.

A connection a node would meet the limits that a jump host's sshd has for logins (MaxStartups).
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import asyncssh

from appo_tui.environment.inventory import Address
from appo_tui.jobs.transport.shell import ShellError
from appo_tui.jobs.transport.ssh_config import jump_address, ssh_place

_NODES = 50
"""Nodes behind one connection: one process of the jump host, and one packet at a time, serves them all."""

_FULL = (asyncssh.OPEN_ADMINISTRATIVELY_PROHIBITED, asyncssh.OPEN_RESOURCE_SHORTAGE)

Make = Callable[..., Awaitable[asyncssh.SSHClientConnection]]
"""Makes a connection with asyncssh's options `tunnel` and `client_factory`, or without them."""


class JumpHostError(Exception):
    """A jump host is not reached; ``error`` says why."""

    def __init__(self, address: Address, error: Exception) -> None:
        super().__init__(str(error))
        self.address = address
        self.error = error


@dataclass(eq=False, slots=True)
class _Shared:
    """A connection to a jump host, and how many nodes use it."""

    connection: asyncssh.SSHClientConnection
    users: int = 0
    full: bool = False

    @property
    def free(self) -> bool:
        return self.users < _NODES and not self.full and not self.connection.is_closed()


class JumpHosts:
    """The jump hosts of a job, by the words with which ssh_config and the inventory name them.

    Args:
        home: where .ssh is looked for.
        connect: connects to an address, as `Make` does.
    """

    def __init__(self, home: Path, connect: Callable[..., Awaitable[asyncssh.SSHClientConnection]]) -> None:
        self._home = home
        self._connect = connect
        self._shared: defaultdict[str, list[_Shared]] = defaultdict(list)
        self._making: dict[str, asyncio.Task[None]] = {}

    async def through(self, jump: str, make: Make) -> asyncssh.SSHClientConnection:
        """A connection that ``make`` makes through the last of these jump hosts, separated by commas.

        Where the way there was lost meanwhile, or takes no more, it is tried once more on a new one.

        Raises:
            JumpHostError: a jump host is not reached.
            ShellError: the jump hosts lead to each other.
        """
        shared = await self._way(jump, ())
        try:
            return await self._led(shared, make)
        except asyncssh.ChannelOpenError as error:
            shared.full = error.code in _FULL and shared.users > 0
            if shared.free:
                raise
        return await self._led(await self._way(jump, ()), make)

    async def close(self) -> None:
        """End the connections, and so those of nodes behind them."""
        for making in self._making.values():
            making.cancel()
        every = [each.connection for shared in self._shared.values() for each in shared]
        self._shared.clear()
        for connection in every:
            connection.close()
        await asyncio.gather(*(connection.wait_closed() for connection in every))

    async def _way(self, jump: str, behind: tuple[str, ...]) -> _Shared:
        """A connection with room for one more; those who want the same wait for it together."""
        while True:
            shared = self._shared[jump] = [each for each in self._shared[jump] if each.users or each.free]
            if free := next((each for each in shared if each.free), None):
                return free
            if jump in behind:
                circle = ", ".join((*behind, jump))
                raise ShellError(f"The jump hosts of ssh_config lead to each other: {circle}", lasting=True)
            making = self._making.get(jump)
            if making is None:
                making = self._making[jump] = asyncio.create_task(self._make(jump, (*behind, jump)))
                making.add_done_callback(partial(self._made, jump))
            await asyncio.shield(making)

    def _made(self, jump: str, making: asyncio.Task[None]) -> None:
        self._making.pop(jump, None)
        if not making.cancelled():
            making.exception()  # whoever waits still gets it; nobody need

    async def _make(self, jump: str, behind: tuple[str, ...]) -> None:
        before, _, last = jump.rpartition(",")
        address = jump_address(last)
        place = ssh_place(address, self._home)
        before = before or place.jump or ""
        try:
            if before:
                make = partial(self._connect, address)
                connection = await self._led(await self._way(before, behind), make)
            else:
                connection = await self._connect(address)
        except (OSError, asyncssh.Error, TimeoutError) as error:
            raise JumpHostError(address, error) from error
        self._shared[jump].append(_Shared(connection))

    async def _led(self, shared: _Shared, make: Make) -> asyncssh.SSHClientConnection:
        """What is made through a connection counts as a user of it until it is lost."""
        way = _Way(shared)
        try:
            return await make(tunnel=shared.connection, client_factory=lambda: way)
        except BaseException:
            way.leave()
            raise


class _Way(asyncssh.SSHClient):
    """A node's use of a connection to a jump host."""

    def __init__(self, shared: _Shared) -> None:
        self._shared: _Shared | None = shared
        shared.users += 1

    def leave(self) -> None:
        if self._shared is not None:
            self._shared.users -= 1
            self._shared = None

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncssh's own form
        self.leave()
