"""Commands run as another user."""

from __future__ import annotations

import shlex
from collections.abc import Callable


def as_user(user: str | None, password: str | None) -> Callable[[str], tuple[str, bytes]]:
    """What turns a command line into one that runs as ``user``, and what it must read first.

    Without a password sudo must not ask (-n). With one it is first tried whether sudo would ask at all: if
    it does not, the password is read away, so that it is never taken for the command's input; if it does,
    it is made to ask even where it remembers an answer (-k).
    """
    if user is None:
        return lambda command: (command, b"")
    name = shlex.quote(user)

    def quiet(command: str) -> str:
        return f"sudo -n -H -u {name} -- sh -c {shlex.quote(command)}"

    if password is None:
        return lambda command: (quiet(command), b"")

    def asking(command: str) -> tuple[str, bytes]:
        either = (
            f"if sudo -n -k -u {name} true </dev/null >/dev/null 2>&1; then IFS= read -r _; "
            f"exec {quiet(command)}; fi; exec sudo -k -S -p '' -H -u {name} -- sh -c {shlex.quote(command)}"
        )
        return f"exec sh -c {shlex.quote(either)}", f"{password}\n".encode()

    return asking
