"""Old jobs forgotten: what they left on their nodes taken away, then their history."""

from __future__ import annotations

import asyncio
import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from appo_tui.environment.faults import EnvironmentReadError
from appo_tui.environment.inventory import find_inventory, read_inventory
from appo_tui.jobs.access.credentials import Credentials
from appo_tui.jobs.request import JobRequest
from appo_tui.jobs.store.store import Store

if TYPE_CHECKING:
    from appo_tui.jobs.transport.ssh import SshShells
    from appo_tui.jobs.transport.sudo import RunAs

_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class NotReached:
    """A node that may still hold something of a forgotten job, and why it was not reached."""

    certname: str
    reason: str


@dataclass(frozen=True, slots=True)
class Pruned:
    """What became of old jobs.

    Attributes:
        jobs: how many were forgotten.
        nodes: certnames of nodes that hold nothing of them any more.
        not_reached: nodes that were not reached: what they hold expires there after 30 days.
    """

    jobs: int
    nodes: tuple[str, ...] = ()
    not_reached: tuple[NotReached, ...] = ()


def prune(
    store: Store,
    days: float,
    *,
    connect: bool = True,
    credentials: Credentials | None = None,
    home: Path | None = None,
) -> Pruned:
    """Forget the jobs that ended more than ``days`` ago, first on their nodes as far as these are reached.

    Args:
        store: where the jobs are kept.
        days: 0 for all that have ended.
        connect: False leaves the nodes alone.
        credentials: what the user was asked for.
        home: where .ssh is looked for; the user's own home by default.

    Raises:
        StoreError: the store can't be read or written.
    """
    old = store.ended(days)
    answers: list[tuple[str, str]] = []
    if connect and old:
        errands = _errands(store, old)
        if errands:
            answers = asyncio.run(_forgotten(errands, credentials or Credentials(), home or Path.home()))
    forgotten = store.forget(old)
    reached = dict.fromkeys(name for name, reason in answers if not reason)
    missed = {name: reason for name, reason in answers if reason}
    return Pruned(
        forgotten,
        tuple(name for name in reached if name not in missed),
        tuple(NotReached(name, reason) for name, reason in missed.items()),
    )


@dataclass(frozen=True, slots=True)
class _Access:
    """By which inventory and as whom nodes are worked on."""

    root: str
    inventory: str | None
    run_as: str | None

    @classmethod
    def of(cls, request: JobRequest) -> _Access:
        return cls(request.root, request.inventory_file, request.options.run_as)


_Errands = dict[tuple[_Access, str], list[str]]
"""What jobs were called on a node, by how it is reached and its certname."""


def _errands(store: Store, jobs: Iterable[int]) -> _Errands:
    found: _Errands = {}
    for job in jobs:
        progress = store.progress(job)
        if progress.request.simulated or progress.request.imported or not progress.request.key:
            continue
        for node in progress.nodes.values():
            if node.attempts:
                place = (_Access.of(progress.request), node.certname)
                found.setdefault(place, []).append(progress.request.key)
    return found


async def _forgotten(errands: _Errands, credentials: Credentials, home: Path) -> list[tuple[str, str]]:
    """Each node with why it was not reached, empty where it was."""
    from appo_tui.jobs.transport.ssh import SshShells
    from appo_tui.jobs.transport.sudo import RunAs

    turn = asyncio.Semaphore(_AT_ONCE)
    shells: dict[_Access, tuple[SshShells, RunAs] | str] = {}
    for access, _ in errands:
        try:
            given = Path(access.inventory) if access.inventory else None
            inventory = read_inventory(find_inventory(Path(access.root), given))
            user = RunAs(inventory, access.run_as, credentials.sudo_password)
            shells[access] = SshShells(inventory, credentials, home), user
        except EnvironmentReadError as error:
            shells[access] = str(error)

    async def one(access: _Access, certname: str, keys: list[str]) -> tuple[str, str]:
        source = shells[access]
        if isinstance(source, str):
            return certname, source
        async with turn:
            return certname, await _told_to_forget(*source, certname, keys)

    work = (one(access, certname, keys) for (access, certname), keys in errands.items())
    try:
        return list(await asyncio.gather(*work))
    finally:
        for source in shells.values():
            if not isinstance(source, str):
                await source[0].close()


async def _told_to_forget(shells: SshShells, user: RunAs, certname: str, keys: list[str]) -> str:
    """Have a node forget jobs; returns why it did not."""
    from appo_tui.jobs.node import brought, script
    from appo_tui.jobs.transport.shell import ShellError

    nothing = '[ -d "${APPO_NODE_STATE:-$HOME/.appo-tui}/runs" ] || exit 0; '
    command, first = user.line(certname, nothing + brought(f"forget {shlex.join(keys)}"))
    try:
        shell = await shells.open(certname)
        try:
            done = await shell.run(command, first + script())
        finally:
            await shell.close()
    except ShellError as error:
        return error.message
    if done.code != 0:
        return done.said or f"exit code {done.code}"
    return "a run of it is still going on there" if done.output.strip() else ""
