"""Why a host key was refused, in a user's words."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from appo_tui.environment.inventory import Address
from appo_tui.jobs.transport.known_hosts import is_known, read_known_hosts
from appo_tui.jobs.transport.shell import ShellError
from appo_tui.jobs.transport.ssh_config import DEFAULT_PORT, SshPlace, ssh_place

_THEIRS = "ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub"


def host_key_fault(certname: str, address: Address, home: Path, error: Exception) -> ShellError:
    """What is wrong with the host key of a node, or of a jump host before it, and what to do."""
    place = ssh_place(address, home)
    whose = certname
    refused = re.search(r" for host (\S+)", str(error))
    if refused and refused[1] != place.host:
        place = ssh_place(Address(refused[1]), home)
        whose = f"the jump host before {certname}"
    where = place.host if place.port == DEFAULT_PORT else f"{place.host} port {place.port}"
    told = f"The host key of {whose} ({where})"
    if "revoked" in str(error):
        return ShellError(f"{told} is marked as revoked in {place.known_hosts[0]}.", lasting=True)
    if is_known(read_known_hosts(place.known_hosts), place):
        return ShellError(f"{told} has changed: {_changed(place)}", lasting=True)
    port = f"-p {place.port} " if place.port != DEFAULT_PORT else ""
    return ShellError(
        f"{told} is not known. Compare it with its own ({_THEIRS} there), then add it: "
        f"ssh-keyscan {port}{place.host} >> {place.known_hosts[0]}",
        lasting=True,
    )


def _changed(place: SshPlace) -> str:
    file = next((each for each in place.known_hosts if is_known(read_known_hosts([each]), place)), None)
    remove = f"ssh-keygen -R {shlex.quote(place.known_as)} -f {file}"
    return (
        f"it is not the one in {file}. Somebody may be in between. If the node was made anew, compare the "
        f"key with its own ({_THEIRS} there), and remove the old one: {remove}"
    )
