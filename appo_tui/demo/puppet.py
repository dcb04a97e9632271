"""The demo's ``puppet``: simulates ``puppet apply`` from the files that it is given.

It takes the real program's options, and ignores those that make no difference here. It writes to its
node's private directory and to the files that options name, and nowhere else.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from types import FrameType
from typing import NoReturn

from appo_tui.demo.facter import certname, facts
from appo_tui.demo.options import read_options
from appo_tui.demo.programs import PACE, VERSION

DEFAULT_SECONDS = 2.0
"""How long a run takes in which everything changes, unless APPO_DEMO_SECONDS says something else."""


def _caught(_number: int, _frame: FrameType | None) -> NoReturn:
    """Ends the run as Puppet does when it is told to: nothing is remembered, no report is written."""
    sys.stderr.write("Notice: Caught TERM; exiting\n")
    sys.exit(1)


def _show_facts(action: str) -> int:
    """Prints the facts: ``find`` with the node's name around them, as all versions do; ``show`` alone."""
    import json

    found: dict[str, object] = facts(certname())
    shown = {"name": certname(), "values": found} if action == "find" else found
    sys.stdout.write(json.dumps(shown, indent=2) + "\n")
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Carries out ``puppet COMMAND ...`` and returns its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    options = read_options(words[1:])
    match words[:1]:
        case ["apply"]:
            signal.signal(signal.SIGTERM, _caught)
            from appo_tui.demo.applying import apply
            from appo_tui.demo.log import Clock

            return apply(options, Clock(), float(os.environ.get(PACE, DEFAULT_SECONDS)))
        case ["facts"]:
            return _show_facts(options.words[0] if options.words else "show")
        case ["--version"] | ["-V"]:
            sys.stdout.write(VERSION + "\n")
            return 0
        case ["agent"]:
            sys.stderr.write("Error: the demo's nodes have no Puppet server: use --mode apply\n")
            return 1
    sys.stderr.write(f"Error: the demo's Puppet can only apply and facts, not: {' '.join(words[:1])}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
