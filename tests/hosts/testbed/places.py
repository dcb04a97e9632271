"""Where a bed keeps its things, and what is known of one host."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

DOMAIN = "test"
SUITE = "bookworm"
_HOSTS_PER_BLOCK = 250
_PORT_BESIDE_SSHD = 2222


def suites_of(names: Iterable[str]) -> dict[str, str]:
    """Hosts as they are asked for, each `NAME` or `NAME@SUITE`, with their suites."""
    return dict([*name.split("@"), SUITE][:2] for name in names)


def _is_free(port: int) -> bool:
    """Whether this machine has no server of its own on all of loopback."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("0.0.0.0", port))
        except OSError:
            return False
    return True


class BedError(Exception):
    """A bed or an image can't be made; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Places:
    """The folders and numbers of one bed; two beds side by side differ in `state` and `net`.

    Attributes:
        state: the hosts' own layers, keys and the inventory. It must not lie on an overlay: a tmpfs is best.
        images: one folder a Debian suite.
        net: the second byte of both address ranges.
        port: where the hosts' sshd is reached from here.
    """

    state: Path
    images: Path
    net: int
    port: int

    @classmethod
    def from_environment(cls) -> Places:
        """Read TB_NET, TB_STATE, APPO_IMAGES and TB_PORT."""
        net = int(os.environ.get("TB_NET", "77"))
        return cls(
            state=Path(os.environ.get("TB_STATE", f"/dev/shm/testbed-{net}")),
            images=Path(os.environ.get("APPO_IMAGES", "/var/cache/testbed")),
            net=net,
            port=int(os.environ.get("TB_PORT", "22")),
        )

    @classmethod
    def unused(cls) -> Places:
        """As `from_environment`; without TB_NET or TB_PORT, the first that nobody has taken."""
        places = cls.from_environment()
        if "TB_PORT" not in os.environ and not _is_free(places.port):
            places = replace(places, port=_PORT_BESIDE_SSHD)
        while "TB_NET" not in os.environ and places.taken:
            net = places.net + 1
            places = replace(places, net=net, state=places.state.with_name(f"testbed-{net}"))
        return places

    @property
    def taken(self) -> bool:
        """Whether a bed is there, or something is left of one."""
        return self.inventory.exists() or Path("/run/netns", self.namespace("switch")).exists()

    def namespace(self, name: str) -> str:
        """The network namespace of a host, or of the `switch` between them."""
        return f"tb{self.net}-{name}"

    def host(self, name: str, suite: str, index: int) -> Host:
        """The `index`th host of the bed."""
        last_bytes = f"{index // _HOSTS_PER_BLOCK}.{index % _HOSTS_PER_BLOCK + 1}"
        return Host(name, suite, f"127.{self.net}.{last_bytes}", self.port, f"10.{self.net}.{last_bytes}")

    @property
    def inventory(self) -> Path:
        """The file that says which hosts are up."""
        return self.state / "inventory.json"

    @property
    def ssh_config(self) -> Path:
        """For `ssh -F`: every host under its short and its full name."""
        return self.state / "ssh_config"

    @property
    def known_hosts(self) -> Path:
        """Every host's key, under its names and addresses."""
        return self.state / "known_hosts"

    @property
    def client_key(self) -> Path:
        """The key that root of every host lets in."""
        return self.state / "id_ed25519"


@dataclass(frozen=True, slots=True)
class Host:
    """One host of a bed.

    Attributes:
        name: its hostname; its fully qualified name ends in `.test`.
        suite: the Debian suite of its image.
        address: where its sshd is reached from here, on loopback.
        port: the port on that address.
        ip: its address among the hosts.
    """

    name: str
    suite: str
    address: str
    port: int
    ip: str

    @property
    def certname(self) -> str:
        """The fully qualified name, which Puppet takes for the certname."""
        return f"{self.name}.{DOMAIN}"
