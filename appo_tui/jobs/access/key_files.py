"""How nodes are logged in on: which private keys need a passphrase, and which nodes have no key at all.

Found without connecting, and without reading a key itself.
"""

from __future__ import annotations

import base64
import binascii
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from appo_tui.environment.inventory import Address, Inventory

if TYPE_CHECKING:
    from appo_tui.jobs.transport.ssh_config import SshPlace

_MAGIC = b"openssh-key-v1\0"
_USUAL_KEYS = ("id_ed25519", "id_ecdsa", "id_rsa")


def needed_passphrases(
    inventory: Inventory, certnames: Iterable[str], *, home: Path | None = None
) -> tuple[Path, ...]:
    """Returns the private keys of these nodes that need a passphrase.

    These are keys that the inventory names; and where a node would get nothing else, for want of an SSH
    agent, of a password and of a key without passphrase, those of ssh_config, or the user's usual ones.

    Args:
        inventory: where the nodes are.
        certnames: which nodes.
        home: where .ssh is looked for; the user's own home by default.
    """
    found: dict[Path, None] = {}
    for _, address in _reached_by_ssh(inventory, certnames):
        if address.private_key is not None:
            keys: tuple[Path, ...] = (address.private_key,)
        elif address.password:
            continue
        else:
            agent, keys = _own(address, home or Path.home())
            if agent or any(not needs_passphrase(key) for key in keys):
                continue
        found.update(dict.fromkeys(key for key in keys if needs_passphrase(key)))
    return tuple(found)


def nodes_without_login(
    inventory: Inventory, certnames: Iterable[str], *, home: Path | None = None
) -> tuple[str, ...]:
    """Returns those of the nodes for which there is neither a key, nor an SSH agent, nor a password."""
    return tuple(
        name
        for name, address in _reached_by_ssh(inventory, certnames)
        if address.private_key is None
        and not address.password
        and _own(address, home or Path.home()) == (False, ())
    )


def own_keys(address: Address, home: Path) -> tuple[Path, ...]:
    """Returns the key files that are there, of ssh_config's for this node, else of the usual ones."""
    place = _place(address, home)
    named = place.identity_files if place else ()
    usual = (home / ".ssh" / name for name in _USUAL_KEYS)
    return tuple(file for file in (named or usual) if file.is_file())


def _reached_by_ssh(inventory: Inventory, certnames: Iterable[str]) -> Iterator[tuple[str, Address]]:
    named = ((name, inventory.address(name)) for name in dict.fromkeys(certnames))
    return ((name, address) for name, address in named if address.transport == "ssh")


def _own(address: Address, home: Path) -> tuple[bool, tuple[Path, ...]]:
    """Whether an SSH agent has the user's keys, and if not, which files do."""
    if os.environ.get("SSH_AUTH_SOCK"):
        return True, ()
    place = _place(address, home)
    return (True, ()) if place and place.agent else (False, own_keys(address, home))


def _place(address: Address, home: Path) -> SshPlace | None:
    """What ssh_config says; None where it can't be understood: connecting will say why."""
    from appo_tui.jobs.transport.ssh_config import ssh_place

    try:
        return ssh_place(address, home)
    except (OSError, ValueError):
        return None


def needs_passphrase(file: Path) -> bool:
    """Tells whether a private key file is encrypted; one that can't be read is not: its use will say why.

    OpenSSH's own form begins with the name of its cipher (PROTOCOL.key); PEM forms say it in their head.
    """
    try:
        text = file.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        return False
    if "BEGIN OPENSSH PRIVATE KEY" not in text:
        return "ENCRYPTED" in text
    body = "".join(line for line in text.splitlines() if not line.startswith("-----"))
    try:
        data = base64.b64decode(body)
    except binascii.Error:
        return False
    if not data.startswith(_MAGIC):
        return False
    length = int.from_bytes(data[len(_MAGIC) : len(_MAGIC) + 4], "big")
    return data[len(_MAGIC) + 4 :][:length] != b"none"
