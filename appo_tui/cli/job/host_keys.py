"""Host keys that are not known: shown with their fingerprints, and added once the user says so."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from appo_tui.cli.faults import CommandError
from appo_tui.cli.output import Output

if TYPE_CHECKING:
    from appo_tui.environment.inventory import Inventory
    from appo_tui.jobs.access.host_keys import UnknownHostKey

_SHOWN = 5
"""Nodes that an error names."""

_COMPARE = "Compare each with the node's own: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub there."


def settle_host_keys(
    inventory: Inventory, certnames: Sequence[str], output: Output, *, accept_new: bool
) -> None:
    """Has the host keys of all nodes known before they are connected to, as far as they answer.

    Args:
        inventory: where the nodes are.
        certnames: which nodes.
        output: how text is shown; what is said here goes to stderr.
        accept_new: add keys without asking. A key that changed is never added.

    Raises:
        CommandError: the user does not want them, or there is no terminal to ask at.
        JobError: known_hosts can't be written.
    """
    import asyncio

    from appo_tui.jobs.access.host_keys import add_host_keys, unknown_host_keys

    keys = asyncio.run(unknown_host_keys(inventory, certnames))
    if not keys:
        return
    told = replace(output, stream=sys.stderr)
    if accept_new:
        add_host_keys(keys)
        told.line(f"{_counted(len(keys))} added:")
        _write(keys, told)
        return
    if not sys.stdin.isatty():
        raise _nobody_to_ask(keys)
    told.line(f"{_counted(len(keys))} not known yet:")
    _write(keys, told)
    told.line(_COMPARE)
    if not _agreed(keys, told):
        raise CommandError("the host keys were not added: nothing was started")
    add_host_keys(keys)


def _counted(number: int) -> str:
    return "1 host key is" if number == 1 else f"{number} host keys are"


def _write(keys: Sequence[UnknownHostKey], told: Output) -> None:
    width = max(len(key.certname) for key in keys)
    for key in keys:
        where = f"{key.host} port {key.port}"
        told.line(told.text(f"  {key.certname:<{width}}  {key.algorithm} {key.fingerprint}  ({where})"))


def _agreed(keys: Sequence[UnknownHostKey], told: Output) -> bool:
    """Asks until the answer is yes or no, as ssh does: a single letter is typed too easily."""
    files = ", ".join(dict.fromkeys(str(key.known_hosts) for key in keys))
    while True:
        told.stream.write(told.text(f"Add them to {files} and go on (yes/no)? "))
        told.flush()
        answer = sys.stdin.readline()
        if not answer:
            return False
        if answer.strip().lower() in ("yes", "no"):
            return answer.strip().lower() == "yes"


def _nobody_to_ask(keys: Sequence[UnknownHostKey]) -> CommandError:
    names = ", ".join(key.certname for key in keys[:_SHOWN])
    more = f" and {len(keys) - _SHOWN} more" if len(keys) > _SHOWN else ""
    first = keys[0]
    port = "" if first.port == 22 else f"-p {first.port} "
    hint = (
        "start it in a terminal to be asked, or with --accept-new-host-keys to trust what answers now, or "
        f"add them by hand, such as: ssh-keyscan {port}{first.host} >> {first.known_hosts}"
    )
    return CommandError(f"{_counted(len(keys))} not known: {names}{more}", hint=hint)
