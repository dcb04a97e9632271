"""What a session's nodes need before they are connected to: secrets, and host keys that are known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from appo_tui.session import Session
from appo_tui.tui.credentials import Needed

if TYPE_CHECKING:
    from appo_tui.environment.inventory import Inventory
    from appo_tui.jobs.access.host_keys import UnknownHostKey
    from appo_tui.jobs.request import JobRequest


def needed(request: JobRequest) -> Needed:
    """What the user must be asked for before a job starts; nodes with unknown host keys are connected to."""
    from appo_tui.jobs.access.key_files import needed_passphrases, nodes_without_login

    inventory = _inventory(Path(request.root), request.inventory_file)
    certnames = [node.certname for node in request.plan.nodes]
    return Needed(
        key_files=tuple(str(key) for key in needed_passphrases(inventory, certnames)),
        without_login=nodes_without_login(inventory, certnames),
        run_as=next((user for user in _users(inventory, request, certnames) if user), ""),
        host_keys=() if request.simulated else _unknown(inventory, certnames),
    )


def _users(inventory: Inventory, request: JobRequest, certnames: Sequence[str]) -> Iterator[str]:
    """The users that sudo makes of the login's, those apart whose passwords the inventory has."""
    for address in map(inventory.address, certnames):
        if address.sudo_password is None:
            yield address.run_as or request.options.run_as or ""


def unknown_host_keys(session: Session, certnames: Sequence[str]) -> tuple[UnknownHostKey, ...]:
    """The keys with which nodes answer and that nobody has vouched for; none of the demo's."""
    if session.simulated:
        return ()
    given = str(session.inventory_file) if session.inventory_file else None
    return _unknown(_inventory(session.root, given), certnames)


def _inventory(root: Path, given: str | None) -> Inventory:
    from appo_tui.environment.inventory import find_inventory, read_inventory

    return read_inventory(find_inventory(root, Path(given) if given else None))


def _unknown(inventory: Inventory, certnames: Sequence[str]) -> tuple[UnknownHostKey, ...]:
    import asyncio

    from appo_tui.jobs.access.host_keys import unknown_host_keys as ask

    return tuple(asyncio.run(ask(inventory, certnames)))
