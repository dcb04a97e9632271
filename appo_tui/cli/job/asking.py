"""What is asked of the user before a job starts: a job that was started never asks."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from appo_tui.cli.call import Call
from appo_tui.cli.faults import CommandError
from appo_tui.cli.job.host_keys import settle_host_keys

if TYPE_CHECKING:
    import argparse

    from appo_tui.environment.inventory import Inventory
    from appo_tui.jobs import Credentials, JobRequest


def add_asking_options(parser: argparse.ArgumentParser) -> None:
    """Declares what is asked for, or not, before a job starts or goes on."""
    password_options(parser).add_argument(
        "--accept-new-host-keys",
        action="store_true",
        help="add host keys that are not known yet without asking; a changed one is refused all the same",
    )


def password_options(parser: argparse.ArgumentParser) -> argparse._ArgumentGroup:
    """Declares the passwords that may be asked for; returns their group."""
    group = parser.add_argument_group("before it starts")
    group.add_argument(
        "--ask-password", action="store_true", help="ask for the password that logs in on the nodes"
    )
    group.add_argument(
        "--ask-sudo-password", action="store_true", help="where sudo is used: ask for its password"
    )
    return group


def ask(options: argparse.Namespace) -> tuple[str, str | None]:
    """Asks for the passwords that the options name; returns the login's, empty for none, and sudo's.

    Raises:
        CommandError: there is no terminal to ask at.
    """
    login, sudo = "", None
    if options.ask_password:
        login = _ask("Password to log in on the nodes: ", "leave --ask-password out")
    if options.ask_sudo_password:
        sudo = _ask("Password for sudo on the nodes: ", "leave --ask-sudo-password out")
    return login, sudo


def ask_before(call: Call, request: JobRequest) -> Credentials:
    """Asks for all that the job's runs need, as its options say.

    Raises:
        CommandError: something is needed and there is no terminal to ask at, or the user says no.
        EnvironmentReadError: the inventory can't be read.
        JobError: known_hosts can't be written.
    """
    from appo_tui.environment.inventory import find_inventory, read_inventory

    given = Path(request.inventory_file) if request.inventory_file else None
    inventory = read_inventory(find_inventory(Path(request.root), given))
    certnames = [node.certname for node in request.plan.nodes]
    settle_host_keys(inventory, certnames, call.output, accept_new=call.options.accept_new_host_keys)
    return _credentials(call.options, inventory, certnames)


def _credentials(
    options: argparse.Namespace, inventory: Inventory, certnames: Sequence[str]
) -> Credentials:
    from appo_tui.jobs import Credentials
    from appo_tui.jobs.access.key_files import needed_passphrases, nodes_without_login

    passphrases = {
        str(key): _ask(f"Passphrase of {key}: ", "use an SSH agent, or a key without one")
        for key in needed_passphrases(inventory, certnames)
    }
    password, sudo = ask(options)
    without = () if password else nodes_without_login(inventory, certnames)
    if without and sys.stdin.isatty():
        password = getpass.getpass(f"Password to log in on {_some(without)} (there is no key for it): ")
    return Credentials(passphrases=passphrases, login_password=password, sudo_password=sudo)


def _ask(prompt: str, hint: str) -> str:
    if not sys.stdin.isatty():
        raise CommandError(f"{prompt.rstrip(': ')} is needed, and there is no terminal to ask at", hint=hint)
    return getpass.getpass(prompt)


def _some(certnames: Sequence[str]) -> str:
    """The first of the names, and how many others there are."""
    return certnames[0] if len(certnames) == 1 else f"{certnames[0]} and {len(certnames) - 1} more"
