"""What one start of the program works on: an environment, where its nodes are, and where jobs are kept."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Session:
    """The resolved global options; the command line and the TUI are both made from one.

    Attributes:
        root: the environment's directory, absolute.
        environment: its name.
        facts_file: ``--facts``, or None.
        inventory_file: ``--inventory``, or None for ssh_config and the environment's inventory.yaml.
        store_url: SQLAlchemy URL of the store; None for the SQLite file of this user.
        read_only: nothing may be started, stopped or written.
        ascii: draw with ASCII only.
        color: False under --no-color or NO_COLOR.
        simulated: the nodes are the demo's; every screen and run says so.
    """

    root: Path
    environment: str
    facts_file: Path | None = None
    inventory_file: Path | None = None
    store_url: str | None = None
    read_only: bool = False
    ascii: bool = False
    color: bool = True
    simulated: bool = False
