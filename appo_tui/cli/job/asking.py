"""What is asked of the user before a job starts: passphrases of keys, and sudo's password."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from appo_tui.cli.faults import CommandError

if TYPE_CHECKING:
    from appo_tui.jobs import Credentials, JobRequest


def ask_credentials(request: JobRequest, *, sudo_password: bool) -> Credentials:
    """Asks for all that the job's runs need; a job that was started never asks.

    Raises:
        CommandError: something is needed and there is no terminal to ask at.
        EnvironmentReadError: the inventory can't be read.
    """
    from appo_tui.environment.inventory import find_inventory, read_inventory
    from appo_tui.jobs import Credentials
    from appo_tui.jobs.key_files import needed_passphrases

    given = Path(request.inventory_file) if request.inventory_file else None
    inventory = read_inventory(find_inventory(Path(request.root), given))
    certnames = [node.certname for node in request.plan.nodes]
    passphrases = {
        str(key): _ask(f"Passphrase of {key}: ", "use an SSH agent, or a key without one")
        for key in needed_passphrases(inventory, certnames)
    }
    password = (
        _ask("Password for sudo on the nodes: ", "leave --ask-sudo-password out") if sudo_password else None
    )
    return Credentials(passphrases=passphrases, sudo_password=password)


def _ask(prompt: str, hint: str) -> str:
    if not sys.stdin.isatty():
        raise CommandError(f"{prompt.rstrip(': ')} is needed, and there is no terminal to ask at", hint=hint)
    return getpass.getpass(prompt)
