"""Ours for bench.fanout: `true` on every node of a fleet, as a job's connections do it.

usage: python -m bench.run_everywhere FLEET [--concurrency 100] [--held]

With --held all connections are open at once, and it prints the bytes of memory that each takes.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import sys
from pathlib import Path

from appo_tui.environment.inventory import Address, Inventory
from appo_tui.jobs.event_loop import run_many_connections
from appo_tui.jobs.transport.shell import Shell
from appo_tui.jobs.transport.ssh import SshShells


def nodes_of(fleet: Path) -> SshShells:
    """Shells on the nodes of a fleet whose files lie in a directory."""
    inventory = json.loads((fleet / "inventory.json").read_text())
    key, known = Path(inventory["key"]), Path(inventory["known_hosts"])
    addresses = {
        name: Address(host["address"], host["port"], inventory["user"], private_key=key, known_hosts=known)
        for name, host in inventory["hosts"].items()
    }
    return SshShells(Inventory(addresses), home=fleet)


async def run_true(shells: SshShells, concurrency: int) -> int:
    """Run `true` on every node; returns how many did not answer 0."""
    turn = asyncio.Semaphore(concurrency)
    failed = 0

    async def one(name: str) -> None:
        nonlocal failed
        async with turn:
            shell = await shells.open(name)
            done = await shell.run("true")
            await shell.close()
            failed += done.code != 0

    await asyncio.gather(*(one(name) for name in shells.inventory.addresses))
    return failed


async def bytes_a_connection(shells: SshShells) -> float:
    """The growth of this process for each connection that is open and has run a command."""
    names = list(shells.inventory.addresses)

    async def one(name: str) -> Shell:
        shell = await shells.open(name)
        await shell.run("true")
        return shell

    first = await one(names[0])  # what is loaded once is not a connection's
    gc.collect()
    before = _resident()
    held = await asyncio.gather(*(one(name) for name in names[1:]))
    gc.collect()
    grown = _resident() - before
    for shell in (first, *held):
        await shell.close()
    return grown / len(held)


def _resident() -> int:
    """Bytes of memory that this process has."""
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmRSS"))


def main() -> int:
    """Run it; returns 1 if a node did not answer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("fleet", type=Path)
    parser.add_argument("--concurrency", type=int, default=100)
    parser.add_argument("--held", action="store_true")
    options = parser.parse_args()
    shells = nodes_of(options.fleet)
    if options.held:
        print(run_many_connections(bytes_a_connection(shells)))
        return 0
    return int(run_many_connections(run_true(shells, options.concurrency)) > 0)


if __name__ == "__main__":
    sys.exit(main())
