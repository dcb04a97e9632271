"""One call of a command: its options, where it writes, and what it works on."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from appo_tui.cli.faults import CommandError
from appo_tui.cli.output import Output
from appo_tui.environment.settings import Settings
from appo_tui.session import GlobalOptions, Session, open_session


@dataclass(frozen=True, slots=True)
class Call:
    """What a command is given.

    Attributes:
        options: the command's own options, as argparse has them.
        chosen: the global options.
        settings: what the settings file says.
        output: where results go.
    """

    options: argparse.Namespace
    chosen: GlobalOptions
    settings: Settings
    output: Output

    def session(self) -> Session:
        """Finds the environment and all that belongs to it."""
        return open_session(self.chosen, self.settings)

    def changing(self, what: str) -> Session:
        """Returns the session for a command that does ``what``; refuses under --read-only."""
        session = self.session()
        if session.read_only:
            raise CommandError(f"{what} is refused: this is --read-only")
        return session


Command: TypeAlias = Callable[[Call], int]
"""Carries a command out and returns the exit code."""
