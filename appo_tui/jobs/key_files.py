"""Private key files: which of them need a passphrase, found without reading the key itself."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable
from pathlib import Path

from appo_tui.environment.inventory import Inventory

_MAGIC = b"openssh-key-v1\0"


def needed_passphrases(inventory: Inventory, certnames: Iterable[str]) -> tuple[Path, ...]:
    """Returns the private keys that the inventory names for these nodes and that need a passphrase.

    Keys of the user's own that it does not name are left to the SSH agent.
    """
    keys = (inventory.address(certname).private_key for certname in certnames)
    return tuple(key for key in dict.fromkeys(keys) if key is not None and needs_passphrase(key))


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
