"""A user of a bed's hosts whose environment is one of those beside this file."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from tests.hosts.controller import Controller
from tests.hosts.testbed import Bed

ENVIRONMENTS = Path(__file__).parent / "environments"


def user_of(bed: Bed, home: Path, environment: str) -> Controller:
    """A user with a copy of `environment`, who can name each host in small letters or in capitals."""
    made = Controller.make(bed, home)
    copy = home / environment
    shutil.copytree(ENVIRONMENTS / environment, copy)
    config = home / ".ssh" / "config"
    capitals = [
        f"Host {host.name.upper()}.test\n  HostName {host.address}\n  Port {host.port}\n"
        for host in bed.hosts.values()
    ]
    config.write_text("".join(capitals) + config.read_text())
    return replace(made, environment=copy)
