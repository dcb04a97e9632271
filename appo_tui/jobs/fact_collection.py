"""Facts asked from nodes over SSH: Puppet's, with the environment's own custom facts, else facter's."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from appo_tui.environment import Environment
from appo_tui.environment.inventory import Inventory
from appo_tui.jobs.access.credentials import Credentials
from appo_tui.jobs.transport.files import archive
from appo_tui.jobs.transport.shell import ShellError
from appo_tui.jobs.transport.ssh import SshShells
from appo_tui.jobs.transport.sudo import RunAs

_AT_ONCE = 50
_ASK = """\
d=$(mktemp -d) || exit 70
trap 'rm -rf "$d"' EXIT
tar xf - -C "$d" || exit 70
PATH=$PATH:/opt/puppetlabs/bin FACTERLIB=$d
export PATH FACTERLIB
if command -v puppet >/dev/null 2>&1; then
    puppet facts find --render-as json 2>"$d/said" || { cat "$d/said" >&2; exit 71; }
elif command -v facter >/dev/null 2>&1; then
    facter --json
else
    echo 'there is neither puppet nor facter' >&2
    exit 127
fi
"""
"""``puppet facts find`` is there from Puppet 3 to 8; what it prints differs."""


@dataclass(frozen=True, slots=True)
class Collected:
    """What a node answered: its facts, or why there are none."""

    certname: str
    facts: dict[str, object] | None
    fault: str = ""


def collect_facts(
    environment: Environment,
    inventory: Inventory,
    certnames: Iterable[str],
    run_as: str | None = None,
    told: Callable[[Collected], None] = lambda _: None,
    credentials: Credentials | None = None,
) -> tuple[Collected, ...]:
    """Asks nodes for their facts, fifty at a time.

    Args:
        environment: whose modules' custom facts are sent along.
        inventory: where the nodes are.
        certnames: which nodes.
        run_as: the user that asks where the inventory names none, by sudo; None for who logs in.
        told: called with each answer as it comes.
        credentials: what the user was asked for.
    """
    asked = credentials or Credentials()
    shells = SshShells(inventory, asked)
    user = RunAs(inventory, run_as, asked.sudo_password)
    return asyncio.run(_collect(_custom_facts(environment), shells, tuple(certnames), user, told))


async def _collect(
    custom: bytes,
    shells: SshShells,
    certnames: tuple[str, ...],
    user: RunAs,
    told: Callable[[Collected], None],
) -> tuple[Collected, ...]:
    turn = asyncio.Semaphore(_AT_ONCE)

    async def one(certname: str) -> Collected:
        async with turn:
            answer = await _ask(shells, certname, custom, user)
        told(answer)
        return answer

    try:
        return tuple(await asyncio.gather(*(one(each) for each in certnames)))
    finally:
        await shells.close()


async def _ask(shells: SshShells, certname: str, custom: bytes, user: RunAs) -> Collected:
    command, first = user.line(certname, _ASK)
    try:
        shell = await shells.open(certname)
        try:
            done = await shell.run(command, first + custom)
        finally:
            await shell.close()
    except ShellError as error:
        return Collected(certname, None, error.message)
    if done.code != 0:
        return Collected(certname, None, f"its facts can't be had: {done.said or f'exit code {done.code}'}")
    return _understood(certname, done.output)


def _understood(certname: str, output: bytes) -> Collected:
    """Reads what was printed: flat facts (Puppet 7 and facter), or ``{"name", "values"}`` (before)."""
    text = output.decode("utf-8", "replace")
    try:
        found = json.loads(text[max(text.find("{"), 0) :])
        json.dumps(found, ensure_ascii=False).encode()  # JSON can write half a character, files can't
    except (ValueError, RecursionError):
        return Collected(certname, None, "its facts can't be read: they are no JSON")
    if not isinstance(found, dict):
        return Collected(certname, None, "its facts can't be read: they are no JSON object")
    values = found.get("values")
    return Collected(certname, values if isinstance(values, dict) and "name" in found else found)


def _custom_facts(environment: Environment) -> bytes:
    """Returns a tar of the modules' lib/facter, in one directory as FACTERLIB wants them."""
    found = [
        (f"{module.name}-{file.name}", file)
        for module in environment.modules.values()
        for file in sorted((module.root / "lib" / "facter").glob("*.rb"))
        if file.is_file() and not file.is_symlink()
    ]
    return archive(found)
