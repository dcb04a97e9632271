"""Commands run as another user."""

from __future__ import annotations

import shlex
from collections.abc import Callable


def as_user(user: str | None, password: str | None) -> Callable[[str], tuple[str, bytes]]:
    """What turns a command line into one that runs as ``user``, and what it must read first.

    With a password sudo is always made to ask for it (-k), so that it is never taken for the command's
    input; without one it must not ask (-n).
    """
    if user is None:
        return lambda command: (command, b"")
    name = shlex.quote(user)
    if password is None:
        return lambda command: (f"sudo -n -H -u {name} -- sh -c {shlex.quote(command)}", b"")
    first = f"{password}\n".encode()
    return lambda command: (f"sudo -k -S -p '' -H -u {name} -- sh -c {shlex.quote(command)}", first)
