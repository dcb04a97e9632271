"""Where the demo has its things: all of them under its own state directory."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class DemoPlaces:
    """The demo's files.

    Attributes:
        state: the directory that holds all of them but the samples; only its owner may read it.
        samples: the environment, as it was installed.
    """

    state: Path
    samples: Path

    @property
    def inventory(self) -> Path:
        """The Bolt inventory of the fleet, written anew when a fleet starts."""
        return self.state / "inventory.yaml"

    @property
    def known_hosts(self) -> Path:
        """The host keys of the fleet's nodes."""
        return self.state / "known_hosts"

    @property
    def client_key(self) -> Path:
        """The private key that the fleet lets in."""
        return self.state / "id_ed25519"

    @property
    def store(self) -> Path:
        """The SQLite file of the demo's jobs."""
        return self.state / "jobs.sqlite"

    @property
    def store_url(self) -> str:
        """The same as an SQLAlchemy URL."""
        return f"sqlite:///{self.store}"

    @property
    def log(self) -> Path:
        """What the fleet has to say, mostly if it can't start."""
        return self.state / "fleet.log"

    @property
    def viewers(self) -> Path:
        """Locked, shared, by every process that looks at the demo; the kernel frees a killed one's lock."""
        return self.state / "viewers.lock"

    @property
    def running(self) -> Path:
        """Locked by the fleet while it runs; holds its process id once it answers, else nothing."""
        return self.state / "fleet.lock"

    @property
    def programs(self) -> Path:
        """Holds what stands in for the nodes' own programs; first in their PATH."""
        return self.state / "bin"

    @property
    def host_keys(self) -> Path:
        """Holds the private host key of each node."""
        return self.state / "host_keys"

    @property
    def nodes(self) -> Path:
        """Holds one directory a node."""
        return self.state / "nodes"

    def node(self, certname: str) -> Path:
        """A node's private directory, which its sessions have as their home."""
        return self.nodes / certname


def demo_places() -> DemoPlaces:
    """Returns the demo's places for this user; nothing is made yet."""
    from platformdirs import user_state_path

    return DemoPlaces(state=user_state_path("appo-tui") / "demo", samples=_samples())


def _samples() -> Path:
    package = Path(__file__).resolve().parent.parent
    installed = package / "sample_modules"
    return installed if installed.is_dir() else package.parent / "sample_modules"
