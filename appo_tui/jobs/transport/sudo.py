"""Commands on nodes, run as the user that they are to run as."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, field

from appo_tui.environment.inventory import Inventory


@dataclass(frozen=True, slots=True)
class RunAs:
    """As whom, and in which directory, commands of ours run on nodes.

    Attributes:
        inventory: what it says of a node comes first, as Bolt has it.
        user: the user for all other nodes, by sudo; None for who logs in.
        password: what sudo is told where it asks and the inventory has none.
    """

    inventory: Inventory = field(default_factory=Inventory)
    user: str | None = None
    password: str | None = field(default=None, repr=False)

    def user_on(self, certname: str) -> str | None:
        """The user on a node, None for who logs in."""
        return self.inventory.address(certname).run_as or self.user

    def line(self, certname: str, code: str) -> tuple[str, bytes]:
        """The command line that runs shell code on a node, and what it must read first."""
        address = self.inventory.address(certname)
        if address.tmpdir:
            place = shlex.quote(f"{address.tmpdir.rstrip('/')}/appo-tui-")
            code = f"APPO_NODE_STATE={place}$(id -u); export APPO_NODE_STATE; {code}"
        command = f"exec sh -c {shlex.quote(code)}"
        return _as_user(self.user_on(certname), address.sudo_password or self.password, command)


def _as_user(user: str | None, password: str | None, command: str) -> tuple[str, bytes]:
    """A command line that runs as ``user``.

    Without a password sudo must not ask (-n). With one it is first tried whether sudo would ask at all: if
    it does not, the password is read away, so that it is never taken for the command's input; if it does,
    it is made to ask even where it remembers an answer (-k).
    """
    if user is None:
        return command, b""
    name = shlex.quote(user)
    quiet = f"sudo -n -H -u {name} -- sh -c {shlex.quote(command)}"
    if password is None:
        return quiet, b""
    either = (
        f"if sudo -n -k -u {name} true </dev/null >/dev/null 2>&1; then IFS= read -r _; "
        f"exec {quiet}; fi; exec sudo -k -S -p '' -H -u {name} -- sh -c {shlex.quote(command)}"
    )
    return f"exec sh -c {shlex.quote(either)}", f"{password}\n".encode()
