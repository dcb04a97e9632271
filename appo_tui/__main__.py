"""The program `appo`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from appo_tui.session import Session


def main() -> int:
    """Runs the command line of this process; the console script `appo` calls it."""
    from appo_tui.cli.program import main as run

    return run(_open_terminal)


def _open_terminal(session: Session) -> int:
    from appo_tui.tui import run

    return run(session)


if __name__ == "__main__":
    sys.exit(main())
