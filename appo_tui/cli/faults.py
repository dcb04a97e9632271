"""What ends a command early, as the one line that its user gets."""

from __future__ import annotations

from appo_tui.environment.faults import AppoError


class CommandError(AppoError):
    """The command can't be carried out as it was given."""


def one_line(error: AppoError) -> str:
    """What a user is told of an error: its place, what is wrong, and in parentheses what to do about it."""
    text = f"{error.place}: {error.message}" if error.place is not None else error.message
    return f"{text} ({error.hint})" if error.hint else text
