"""Options of ssh_config and of the inventory that are in force, matter, and are not followed here.

Those are left out that change nothing in which machine is reached, as whom, and whether at all
(ssh_config(5)): ControlMaster, forwardings, logging and the like.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from appo_tui.environment.inventory import Inventory


@dataclass(frozen=True, slots=True)
class _Option:
    """An option that matters for some values, as ssh_config(5) writes it, and what happens instead.

    ``usual`` tells that distributions set it for everybody: only where a user does, somebody meant it.
    """

    name: str
    instead: str
    matters: Callable[[str], bool]
    usual: bool = False


def _on(value: str) -> bool:
    return value.lower() not in ("no", "false", "off", "none")


def _lax(value: str) -> bool:
    return value.lower() in ("no", "off", "accept-new")


def _narrowed(value: str) -> bool:
    return not value.startswith("+")


_KNOWN_HOSTS_ONLY = "host keys are looked for in known_hosts only"
_BY_AGENT = "let an SSH agent hold the key"
_ALL_ALGORITHMS = "a key is offered with all algorithms that it has"
_OPTIONS = {
    each.name.lower(): each
    for each in (
        _Option(
            "StrictHostKeyChecking",
            "unknown host keys are asked about before the job starts, or accepted by --accept-new-host-keys",
            _lax,
        ),
        _Option("VerifyHostKeyDNS", _KNOWN_HOSTS_ONLY, _on),
        _Option("KnownHostsCommand", _KNOWN_HOSTS_ONLY, _on),
        _Option("RevokedHostKeys", "revoked are keys that known_hosts marks as @revoked", _on),
        _Option("NoHostAuthenticationForLocalhost", "host keys of this machine are checked too", _on),
        _Option("GSSAPIAuthentication", "logins are by key or password", _on, usual=True),
        _Option("PKCS11Provider", _BY_AGENT, _on),
        _Option("SecurityKeyProvider", _BY_AGENT, _on),
        _Option("ProxyUseFdpass", "a ProxyCommand must pass the data on itself", _on),
        _Option("BindInterface", "the system chooses the interface; BindAddress is followed", _on),
        _Option("LocalCommand", "nothing is run here after connecting", _on),
        _Option("PubkeyAcceptedAlgorithms", _ALL_ALGORITHMS, _narrowed, usual=True),
        _Option("PubkeyAcceptedKeyTypes", _ALL_ALGORITHMS, _narrowed, usual=True),
    )
}


def options_not_followed(
    inventory: Inventory, certnames: Iterable[str], *, home: Path | None = None
) -> tuple[str, ...]:
    """Returns a sentence for each such option of these nodes, with its file, in order of place.

    An ssh_config that can't be understood has none: connecting says what is wrong with it.

    Args:
        inventory: where the nodes are.
        certnames: which nodes.
        home: where .ssh is looked for; the user's own home by default.
    """
    at = home or Path.home()
    names = tuple(certnames)
    return (*_of_the_inventory(inventory, names), *_of_ssh_config(inventory, names, at))


def _of_the_inventory(inventory: Inventory, certnames: Iterable[str]) -> tuple[str, ...]:
    found = dict.fromkeys(each for name in certnames for each in inventory.address(name).not_followed)
    return tuple(f"{inventory.file}: config.ssh.{each} is not followed." for each in found)


def _of_ssh_config(inventory: Inventory, certnames: Iterable[str], at: Path) -> tuple[str, ...]:
    from appo_tui.jobs.transport.ssh_config import PassedOver, ssh_place

    found: dict[PassedOver, None] = {}
    for address in dict.fromkeys(inventory.address(certname) for certname in certnames):
        if address.transport != "ssh":
            continue
        try:
            passed_over = ssh_place(address, at).passed_over
        except (OSError, ValueError):
            return ()
        local = any(each.name == "permitlocalcommand" and _on(each.value) for each in passed_over)
        found.update(
            dict.fromkeys(each for each in passed_over if each.name != "localcommand" or local)
        )
    ordered = sorted(found, key=lambda each: (each.file, each.line))
    return tuple(
        f"{each.file}:{each.line}: {option.name} {each.value} is not followed: {option.instead}."
        for each in ordered
        if (option := _OPTIONS.get(each.name))
        and option.matters(each.value)
        and not (option.usual and each.system)
    )
