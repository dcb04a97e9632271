"""Whether nodes can be reached, and which Puppet they have."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass

from appo_tui.environment.inventory import Inventory
from appo_tui.jobs.transport.shell import ShellError
from appo_tui.jobs.transport.ssh import SshShells

_AT_ONCE = 50
_ASK = "PATH=$PATH:/opt/puppetlabs/bin puppet --version"


@dataclass(frozen=True, slots=True)
class Reached:
    """What a node answered.

    Attributes:
        certname: which node.
        puppet: its Puppet's version; empty where it has none, or was not reached.
        fault: why it was not reached, or that it has no Puppet; else empty.
    """

    certname: str
    puppet: str = ""
    fault: str = ""


def try_connections(inventory: Inventory, certnames: Iterable[str]) -> tuple[Reached, ...]:
    """Connects to nodes, fifty at a time, and asks each for its Puppet's version."""
    return asyncio.run(_all(inventory, tuple(certnames)))


async def _all(inventory: Inventory, certnames: tuple[str, ...]) -> tuple[Reached, ...]:
    shells = SshShells(inventory)
    turn = asyncio.Semaphore(_AT_ONCE)

    async def one(certname: str) -> Reached:
        async with turn:
            return await _ask(shells, certname)

    try:
        return tuple(await asyncio.gather(*(one(each) for each in certnames)))
    finally:
        await shells.close()


async def _ask(shells: SshShells, certname: str) -> Reached:
    try:
        shell = await shells.open(certname)
        try:
            done = await shell.run(_ASK)
        finally:
            await shell.close()
    except ShellError as error:
        return Reached(certname, fault=error.message)
    if done.code != 0:
        return Reached(certname, fault="it is reached, but has no puppet that its user can run")
    return Reached(certname, puppet=done.output.decode("utf-8", "replace").strip())
