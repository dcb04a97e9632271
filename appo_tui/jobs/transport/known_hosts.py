"""known_hosts files: what they know of a node, and lines added to them (sshd(8), "SSH_KNOWN_HOSTS")."""

from __future__ import annotations

import base64
import fcntl
import hashlib
import hmac
import os
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from appo_tui.jobs.transport.ssh_config import DEFAULT_PORT, SshPlace

if TYPE_CHECKING:
    import asyncssh


def read_known_hosts(files: Sequence[Path]) -> asyncssh.SSHKnownHosts:
    """What these files hold together; those that are not there hold nothing.

    Raises:
        OSError, ValueError: one can't be read.
    """
    import asyncssh

    existing = [str(file) for file in files if file.is_file()]
    return asyncssh.read_known_hosts(existing) if existing else asyncssh.import_known_hosts("")


def is_known(known: asyncssh.SSHKnownHosts, place: SshPlace, address: str = "") -> bool:
    """Whether there is any key for a place, by its name or by an IP address of it."""
    port = None if place.port == DEFAULT_PORT else place.port
    keys, authorities, _, certificates, _, subjects, _ = known.match(place.name, address, port)
    return bool(keys or authorities or certificates or subjects)


def hashed(name: str) -> str:
    """A name as HashKnownHosts has it: a salt and an HMAC-SHA1."""
    salt = secrets.token_bytes(20)
    digest = hmac.digest(salt, name.encode(), hashlib.sha1)
    return "|".join(("", "1", *(base64.b64encode(each).decode() for each in (salt, digest))))


def append_lines(file: Path, lines: Sequence[str]) -> None:
    """Add whole lines to a file, made with mode 0600 if it is not there.

    They are appended under a lock, so that what ssh adds meanwhile stays, and all or none of them.

    Raises:
        OSError: it can't be written.
    """
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(file, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600), "rb+", buffering=0) as opened:
        fcntl.flock(opened, fcntl.LOCK_EX)
        size = os.fstat(opened.fileno()).st_size
        unended = size > 0 and os.pread(opened.fileno(), 1, size - 1) != b"\n"
        data = ("\n" * unended + "".join(f"{line}\n" for line in lines)).encode()
        try:
            while data:
                data = data[opened.write(data) :]
        except OSError:
            os.ftruncate(opened.fileno(), size)
            raise
