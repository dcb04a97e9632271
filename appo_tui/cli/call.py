"""One call of a command: its options, where it writes, and what it works on."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from appo_tui.cli.faults import CommandError
from appo_tui.cli.output import Output
from appo_tui.environment.settings import Settings
from appo_tui.session import GlobalOptions, Session, open_session, stored_session

if TYPE_CHECKING:
    from appo_tui.jobs import Store


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

    def detached_session(self) -> Session:
        """Returns a session for a command that needs the store, and an environment only if there is one."""
        return stored_session(self.chosen, self.settings)

    @contextmanager
    def store(self) -> Iterator[Store]:
        """Opens the store for a while."""
        from appo_tui.jobs import open_store

        store = open_store(self.detached_session().store_url)
        try:
            yield store
        finally:
            store.close()

    def refuse_if_read_only(self, what: str) -> None:
        """Raises CommandError under --read-only."""
        if self.chosen.read_only or self.settings.read_only:
            raise CommandError(f"{what} is refused: this is --read-only")

    def changing(self, what: str) -> Session:
        """Returns the session for a command that does ``what``; refuses under --read-only."""
        self.refuse_if_read_only(what)
        return self.session()


Command: TypeAlias = Callable[[Call], int]
"""Carries a command out and returns the exit code."""
